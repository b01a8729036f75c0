import { plural, t } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import type { Room } from '@atrium/contracts';
import { IconKey, IconBarrierBlock } from '@tabler/icons-react';
import { Link } from 'react-router';
import { Time } from '../time/time.tsx';
import styles from './room-card.module.css';

/** A room seen from outside. */
export function RoomCard({ room }: { room: Room }) {
  return (
    <li>
      <Link to={`/rooms/${room.id}/join`} className={styles.card}>
        <span className={styles.name}>
          {room.name}
          {room.hasPassword && <IconKey size={14} stroke={1.8} aria-label={t`has a password`} />}
          {room.locked && <IconBarrierBlock size={14} stroke={1.8} aria-label={t`locked`} />}
        </span>
        <span className={styles.topic}>{room.topic || room.description || t`No topic yet`}</span>
        <span className={styles.foot}>
          <span>{plural(room.memberCount, { one: '# member', other: '# members' })}</span>
          <span>{t`${room.onlineCount} online`}</span>
          <span>
            <Trans>
              active <Time at={room.lastMessage?.createdAt ?? room.createdAt} />
            </Trans>
          </span>
        </span>
      </Link>
    </li>
  );
}
