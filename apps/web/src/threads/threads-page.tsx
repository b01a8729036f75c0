import { BackLink } from '../rooms/back-link.tsx';
import styles from './overview.module.css';
import { ThreadList } from './thread-list.tsx';

/** Threads of every room. */
export function ThreadsPage() {
  return (
    <div className={styles.page}>
      <BackLink to="/rooms">All rooms</BackLink>
      <h1>Threads</h1>
      <ThreadList />
    </div>
  );
}
