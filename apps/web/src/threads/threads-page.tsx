import { t } from '@lingui/core/macro';
import { BackLink } from '../kit/back-link.tsx';
import styles from '../kit/overview.module.css';
import { ThreadList } from './thread-list.tsx';

/** Threads of every room. */
export function ThreadsPage() {
  return (
    <div className={styles.page}>
      <BackLink to="/rooms">{t`All rooms`}</BackLink>
      <h1>{t`Threads`}</h1>
      <ThreadList />
    </div>
  );
}
