import { t } from '@lingui/core/macro';
import { Skeleton } from '@mantine/core';
import styles from './page-skeleton.module.css';

export function PanelSkeleton() {
  return (
    <div className={styles.page} role="status" aria-busy="true" aria-label={t`Loading`}>
      {[240, 180, 280, 200].map((width) => (
        <div key={width} className={styles.row}>
          <Skeleton height={32} width={32} radius={9} />
          <div className={styles.lines}>
            <Skeleton height={10} width={`min(${width}px, 50vw)`} radius={5} />
            <Skeleton height={8} width={96} radius={5} />
          </div>
        </div>
      ))}
    </div>
  );
}
