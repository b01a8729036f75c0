import type { Room } from '@atrium/contracts';
import { RailRoom } from '../layout/rail-room.tsx';
import styles from '../layout/rail.module.css';

/** Conversations of a few people, under the rooms; nothing while there are none. */
export function DirectList({ rooms, detailed }: { rooms: readonly Room[]; detailed: boolean }) {
  if (rooms.length === 0) return null;
  return (
    <>
      <div className={styles.caption}>
        <span>Direct messages</span>
      </div>
      <ul>
        {rooms.map((room) => (
          <RailRoom key={room.id} room={room} detailed={detailed} />
        ))}
      </ul>
    </>
  );
}
