import { t } from '@lingui/core/macro';
import { Link } from 'react-router';
import { useRooms } from '../live/use-live.ts';
import { MessageAuthor } from '../people/message-author.tsx';
import { Time } from '../time/time.tsx';
import { pathTo } from '../messages/acts.ts';
import { MessageBody } from '../messages/message-body.tsx';
import { type LinkedPlace, keyOf } from './linked-places.ts';
import styles from './linked-messages.module.css';
import { useLinkedMessage } from './use-linked-message.ts';

/** The messages that a message links to, as far as whoever looks may see them: each is asked for in their name. */
export function LinkedMessages({ places }: { places: readonly LinkedPlace[] }) {
  return places.map((place) => <Linked key={keyOf(place)} place={place} />);
}

function Linked({ place }: { place: LinkedPlace }) {
  const found = useLinkedMessage(place);
  const room = useRooms().find(({ id }) => id === place.roomId);
  if (found.isPending) return <div className={styles.linked} aria-busy="true" data-waiting />;
  const message = found.data;
  if (!message) return <p className={styles.hidden}>{t`This link leads to a message you cannot see.`}</p>;
  return (
    <blockquote className={styles.linked} aria-label={t`Linked message`}>
      <header>
        <MessageAuthor message={message} size={20} className={styles.author} />
        <span className={styles.where}>{room?.name}</span>
        <Time at={message.createdAt} className={styles.where} />
      </header>
      {message.deletedAt ? <p className={styles.hidden}>{t`This message was deleted.`}</p> : <MessageBody message={message} />}
      {message.files.length > 0 && <p className={styles.where}>{message.files.map(({ name }) => name).join(', ')}</p>}
      <Link to={pathTo(message)} className={styles.go}>
        {t`Go to it`}
      </Link>
    </blockquote>
  );
}
