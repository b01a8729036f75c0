import { t } from '@lingui/core/macro';
import { Button } from '@mantine/core';
import { queryClient } from '../kit/query-client.ts';
import { showError } from '../kit/toasts.tsx';
import styles from '../people/members.module.css';
import type { JoinedRoom } from '../room/joined-room.ts';
import { client } from '../session/client.ts';
import { Time } from '../time/time.tsx';
import { useLobby } from './use-lobby.ts';

/** Who waits at the door, for those who may let them in. */
export function LobbyList({ room }: { room: JoinedRoom }) {
  const waiting = useLobby(room);
  if (waiting.length === 0) return null;
  const after = (act: Promise<unknown>): void =>
    void act.then(undefined, showError).finally(() => void queryClient.invalidateQueries({ queryKey: ['lobby', room.id] }));
  return (
    <section aria-label={t`Waiting`}>
      <h3 className={styles.caption}>{t`Waiting to come in`}</h3>
      <ul className={styles.list}>
        {waiting.map(({ id, displayName, username, requestedAt }) => (
          <li key={id} className={styles.row}>
            <span className={styles.text}>
              <span className={styles.name}>{displayName}</span>
              <span className={styles.detail}>
                @{username} <Time at={requestedAt} />
              </span>
            </span>
            <Button size="compact-sm" aria-label={t`Let ${displayName} in`} onClick={() => after(client.entrance.admit(room.id, id))}>
              {t`Let in`}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={t`Turn ${displayName} away`}
              onClick={() => after(client.entrance.deny(room.id, id))}
            >
              {t`Turn away`}
            </Button>
          </li>
        ))}
      </ul>
      {waiting.length > 1 && (
        <Button variant="default" fullWidth onClick={() => after(client.entrance.admitAll(room.id))}>
          {t`Let everyone in`}
        </Button>
      )}
    </section>
  );
}
