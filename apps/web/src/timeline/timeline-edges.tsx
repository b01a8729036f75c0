import { Skeleton } from '@mantine/core';
import type { JoinedRoom } from '../rooms/joined-room.ts';
import styles from './timeline.module.css';

export type TimelineContext = { room: JoinedRoom; hasBefore: boolean; hasAfter: boolean; isEmpty: boolean };
type EdgeProps = { context: TimelineContext };

/** What stands above the first message: more on its way, or the beginning. */
export function TimelineStart({ context: { room, hasBefore, isEmpty } }: EdgeProps) {
  if (hasBefore) return <LoadingRows />;
  return (
    <div className={styles.start}>
      <h2>{room.name}</h2>
      <p>
        {room.description || room.topic || 'This is the beginning of the room.'}
        {isEmpty && ' Nobody has written anything yet: say hello.'}
      </p>
    </div>
  );
}

export function TimelineEnd({ context: { hasAfter } }: EdgeProps) {
  return hasAfter ? <LoadingRows /> : <div className={styles.end} />;
}

function LoadingRows() {
  return (
    <div style={{ padding: '16px 20px', display: 'flex', gap: 12 }} aria-hidden>
      <Skeleton width={36} height={36} radius={10} />
      <div>
        <Skeleton width={120} height={10} radius={5} mb={10} mt={4} />
        <Skeleton width={320} maw="60vw" height={10} radius={5} />
      </div>
    </div>
  );
}
