import { t } from '@lingui/core/macro';
import { Skeleton } from '@mantine/core';
import styles from './loading.module.css';

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

/** Read before the page is drawn into it. */
const drawn = document.getElementById('root')?.innerHTML ?? '';

/** What index.html shows by itself: it stays until there is more to show than that. */
export function FirstPaint() {
  return <div role="status" aria-busy="true" aria-label={t`Loading`} dangerouslySetInnerHTML={{ __html: drawn }} />;
}
