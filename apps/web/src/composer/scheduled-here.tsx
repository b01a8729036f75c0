import { t } from '@lingui/core/macro';
import { Link } from 'react-router';
import styles from './composer.module.css';
import { useScheduled } from '../scheduled/use-scheduled.ts';

/** Says over the composer that something goes out here later. */
export function ScheduledHere({ roomId, parentId }: { roomId: string; parentId: string | undefined }) {
  const here = useScheduled().items.filter((item) => item.roomId === roomId && item.parentId === parentId);
  if (here.length === 0) return null;
  const failed = here.filter(({ failure }) => failure !== undefined).length;
  return (
    <p className={styles.scheduled} data-warn={failed > 0 || undefined}>
      {failed > 0 ? t`${failed} of ${here.length} scheduled not sent. ` : t`${here.length} scheduled for later. `}
      <Link to="/drafts">{t`See`}</Link>
    </p>
  );
}
