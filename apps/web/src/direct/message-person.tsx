import { ActionIcon } from '@mantine/core';
import { IconMessage } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { showError } from '../app/toasts.tsx';
import { live } from '../live/live.ts';
import { client } from '../session/client.ts';

/** Opens the direct room with somebody. */
export function MessagePerson({ userId, name }: { userId: string; name: string }) {
  const navigate = useNavigate();
  const open = async (): Promise<void> => {
    const room = await client.rooms.openDirect([userId]);
    live.joined(room);
    await navigate(`/rooms/${room.id}`);
  };
  return (
    <ActionIcon aria-label={`Message ${name}`} onClick={() => void open().catch(showError)}>
      <IconMessage size={18} stroke={1.7} />
    </ActionIcon>
  );
}
