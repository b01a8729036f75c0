import { t } from '@lingui/core/macro';
import { saidIn } from '@atrium/contracts';
import { IconMessageCircle } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useLinkedMessage } from '../quotes/use-linked-message.ts';
import { firstWords } from '../messages/read-text.ts';
import styles from './thread-reference.module.css';

/** Above a reply that the room shows too: the thread it is from, and the way there. */
export function ThreadReference({ roomId, rootId }: { roomId: string; rootId: string }) {
  const root = useLinkedMessage({ roomId, rootId }).data;
  // Who came later than a thread began may not see it where a room hides its past.
  if (root === null) return <span className={styles.reference}>{t`Replied to an earlier thread`}</span>;
  return (
    <Link className={styles.reference} to={`/rooms/${roomId}/thread/${rootId}`}>
      <IconMessageCircle size={13} stroke={1.8} aria-hidden />
      <span className={styles.words}>
        {t`Replied to a thread`}
        {root && <>: {root.deletedAt ? t`a deleted message` : firstWords(saidIn(root)) || root.files.map(({ name }) => name).join(', ')}</>}
      </span>
    </Link>
  );
}
