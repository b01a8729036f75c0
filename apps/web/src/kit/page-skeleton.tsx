import { t } from '@lingui/core/macro';
import { Skeleton } from '@mantine/core';
import styles from './page-skeleton.module.css';

/** What stands where a page will be: nothing for an instant, then quiet bars. */
export function PageSkeleton() {
  return (
    <div className={styles.page} role="status" aria-busy="true" aria-label={t`Loading`}>
      {[220, 420, 340, 480, 260].map((width) => (
        <div key={width} className={styles.row}>
          <Skeleton height={36} width={36} radius={10} />
          <div className={styles.lines}>
            <Skeleton height={10} width={120} radius={5} />
            <Skeleton height={10} width={`min(${width}px, 70vw)`} radius={5} />
          </div>
        </div>
      ))}
    </div>
  );
}
