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
          {room.hasPassword && <IconKey size={14} stroke={1.8} aria-label="has a password" />}
          {room.locked && <IconBarrierBlock size={14} stroke={1.8} aria-label="locked" />}
        </span>
        <span className={styles.topic}>{room.topic || room.description || 'No topic yet'}</span>
        <span className={styles.foot}>
          <span>{room.memberCount === 1 ? '1 member' : `${room.memberCount} members`}</span>
          <span>{room.onlineCount} online</span>
          <Time at={room.lastMessage?.createdAt ?? room.createdAt} />
        </span>
      </Link>
    </li>
  );
}
