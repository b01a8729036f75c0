import { AtriumError } from '@atrium/client';
import type { Message } from '@atrium/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { useRooms } from '../live/use-live.ts';
import { Avatar } from '../people/avatar.tsx';
import { PersonName } from '../people/person-name.tsx';
import { client } from '../session/client.ts';
import { Time } from '../time/time.tsx';
import { pathTo } from '../timeline/acts.ts';
import { MessageBody } from '../timeline/message-body.tsx';
import { type LinkedPlace, keyOf } from './linked-places.ts';
import styles from './linked-messages.module.css';

/** The messages that a message links to, as far as whoever looks may see them: each is asked for in their name. */
export function LinkedMessages({ places }: { places: readonly LinkedPlace[] }) {
  return places.map((place) => <Linked key={keyOf(place)} place={place} />);
}

function Linked({ place }: { place: LinkedPlace }) {
  const found = useQuery({
    queryKey: ['linked', place.roomId, keyOf(place)],
    queryFn: () => find(place),
    staleTime: 5 * 60_000,
    retry: (count, error) => AtriumError.from(error).status >= 500 && count < 2,
  });
  const room = useRooms().find(({ id }) => id === place.roomId);
  if (found.isPending) return <div className={styles.linked} aria-busy="true" data-waiting />;
  const message = found.data;
  if (!message) return <p className={styles.hidden}>This link leads to a message you cannot see.</p>;
  return (
    <blockquote className={styles.linked} aria-label="Linked message">
      <header>
        <Avatar userId={message.authorId} size={20} />
        <PersonName userId={message.authorId} className={styles.author} />
        <span className={styles.where}>{room?.name}</span>
        <Time at={message.createdAt} className={styles.where} />
      </header>
      {message.deletedAt ? <p className={styles.hidden}>This message was deleted.</p> : <MessageBody message={message} />}
      {message.files.length > 0 && <p className={styles.where}>{message.files.map(({ name }) => name).join(', ')}</p>}
      <Link to={pathTo(message)} className={styles.go}>
        Go to it
      </Link>
    </blockquote>
  );
}

/** Null for what is not there, or not for this reader: one answers like the other. */
async function find(place: LinkedPlace): Promise<Message | null> {
  try {
    if ('rootId' in place) return (await client.messages.thread(place.roomId, place.rootId, { limit: 1 })).root;
    const { items } = await client.messages.page(place.roomId, { around: place.seq, limit: 1 });
    return items.find(({ seq }) => seq === place.seq) ?? null;
  } catch (error) {
    const { status } = AtriumError.from(error);
    if (status === 403 || status === 404) return null;
    throw error;
  }
}
