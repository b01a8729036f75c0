import { t } from '@lingui/core/macro';
import { Switch } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { showError } from '../kit/toasts.tsx';
import { live } from '../live/live.ts';
import { client } from '../session/client.ts';
import type { JoinedRoom } from '../room/joined-room.ts';
import styles from './settings.module.css';

/** The one setting of whoever acts for a host who is away. */
export function LockSwitch({ room }: { room: JoinedRoom }) {
  const lock = useMutation({
    mutationFn: (locked: boolean) => client.rooms.update(room.id, { locked }),
    onSuccess: (changed) => live.rooms.put(changed),
    onError: showError,
  });
  return (
    <section className={styles.section}>
      <Switch
        label={t`Locked`}
        description={t`You act for the host, who is away. Nobody new can join while the room is locked.`}
        checked={lock.isPending ? lock.variables : room.locked}
        onChange={(event) => lock.mutate(event.currentTarget.checked)}
        disabled={lock.isPending}
        labelPosition="left"
        classNames={{ body: styles.switch, labelWrapper: styles.switchLabel }}
      />
    </section>
  );
}
