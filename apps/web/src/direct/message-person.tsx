import { t } from '@lingui/core/macro';
import { ActionIcon } from '@mantine/core';
import { IconMessage } from '@tabler/icons-react';
import { useNavigate } from 'react-router';
import { showError } from '../kit/toasts.tsx';
import { openDirect } from './open-direct.ts';

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
