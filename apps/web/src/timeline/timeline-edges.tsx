import { Skeleton } from '@mantine/core';
import styles from './timeline.module.css';

export type TimelineContext = { hasBefore: boolean; hasAfter: boolean };
type EdgeProps = { context: TimelineContext };

/** More is on its way above. */
export const TimelineTop = ({ context }: EdgeProps) => (context.hasBefore ? <LoadingRows /> : null);

/** More is on its way below. */
export const TimelineBottom = ({ context }: EdgeProps) => (context.hasAfter ? <LoadingRows /> : null);

function LoadingRows() {
  return (
    <div className={styles.loading} aria-hidden>
      <Skeleton width={36} height={36} radius={10} />
      <div>
        <Skeleton width={120} height={10} radius={5} mb={10} mt={4} />
        <Skeleton width={320} maw="60vw" height={10} radius={5} />
      </div>
    </div>
  );
}
