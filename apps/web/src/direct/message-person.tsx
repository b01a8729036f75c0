import { t } from '@lingui/core/macro';
import { ActionIcon } from '@mantine/core';
import { IconMessage } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { showError } from '../kit/toasts.tsx';
import { live } from '../live/live.ts';
import { client } from '../session/client.ts';

/** Opens the direct room with somebody. */
export function MessagePerson({ userId, name }: { userId: string; name: string }) {
  const navigate = useNavigate();
  const open = async (): Promise<void> => {
    await navigate(await openDirect(userId));
  };
  return (
    <ActionIcon aria-label={t`Message ${name}`} onClick={() => void open().catch(showError)}>
      <IconMessage size={18} stroke={1.7} />
    </ActionIcon>
  );
}

/** The place of the direct room with somebody, which is made where there is none yet. */
export async function openDirect(userId: string): Promise<string> {
  const room = await client.rooms.openDirect([userId]);
  live.joined(room);
  return `/rooms/${room.id}`;
}
