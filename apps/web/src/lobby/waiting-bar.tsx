import { t } from '@lingui/core/macro';
import { IconHourglass } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { JoinedRoom } from '../room/joined-room.ts';
import { useLobby } from './use-lobby.ts';
import styles from './waiting-bar.module.css';

/** Tells who may open the door that somebody stands there, and leads to where it is opened. */
export function WaitingBar({ room }: { room: JoinedRoom }) {
  const [first, ...others] = useLobby(room);
  return (
    <div role="status">
      {first && (
        <Link className={styles.bar} to={`/rooms/${room.id}/members`}>
          <IconHourglass size={16} stroke={1.8} aria-hidden />
          {others.length === 0
            ? t`${first.displayName} waits to come in`
            : t`${first.displayName} and ${others.length} more wait to come in`}
        </Link>
      )}
    </div>
  );
}
