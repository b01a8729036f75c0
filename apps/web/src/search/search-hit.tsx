import { t } from '@lingui/core/macro';
import type { FileHit, Highlight, MessageHit, SearchHit } from '@atrium/contracts';
import { IconFileText, IconHash } from '@tabler/icons-react';
import { useMediaQuery } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { FROM_PANEL } from '../attachments/citation-place.ts';
import { useRooms } from '../live/use-live.ts';
import { MessageAuthor } from '../people/message-author.tsx';
import { Time } from '../time/time.tsx';
import { linkToHit, type SearchPlace } from './search-place.ts';
import styles from './search.module.css';

/** One thing that was found; all of it is the way there, but for the name of who said it. */
export function Hit({ hit, place, namesRoom }: { hit: SearchHit; place: SearchPlace; namesRoom: boolean }) {
  // Where the results cover the conversation, going there closes them.
  const covers = useMediaQuery('(max-width: 1023px)');
  return (
    <li className={styles.hit}>
      {hit.kind === 'message' && (
        <span className={styles.by}>
          <MessageAuthor message={hit.message} size={20} className={styles.name} />
          <Time at={hit.message.createdAt} className={styles.time} />
        </span>
      )}
      <Link to={linkToHit(hit, place, !covers)} state={hit.kind === 'file' ? FROM_PANEL : undefined}>
        {hit.kind === 'message' ? <OfMessage hit={hit} /> : <OfFile hit={hit} />}
        {namesRoom && <RoomName roomId={hit.roomId} />}
      </Link>
    </li>
  );
}

function OfMessage({ hit: { message, highlights } }: { hit: MessageHit }) {
  const [piece] = highlights;
  return (
    <>
      <span className={styles.text}>{piece ? <MarkedText {...piece} /> : message.files.map(({ name }) => name).join(', ')}</span>
      {message.parentId !== undefined && <span className={styles.where}>{t`in a thread`}</span>}
    </>
  );
}

function OfFile({ hit: { file, highlights, page } }: { hit: FileHit }) {
  const [piece, name] = page === undefined ? [undefined, highlights[0]] : highlights;
  return (
    <>
      <span className={styles.by}>
        <IconFileText size={20} stroke={1.6} aria-hidden />
        <span className={styles.name}>{name ? <MarkedText {...name} /> : file.name}</span>
        <Time at={file.createdAt} className={styles.time} />
      </span>
      {piece && (
        <span className={styles.text}>
          <MarkedText {...piece} />
        </span>
      )}
      {page !== undefined && (file.pages ?? 1) > 1 && <span className={styles.where}>{t`page ${page}`}</span>}
    </>
  );
}

function RoomName({ roomId }: { roomId: string }) {
  const room = useRooms().find(({ id }) => id === roomId);
  if (!room) return null;
  return (
    <span className={styles.where}>
      <IconHash size={13} stroke={1.8} aria-hidden />
      {room.name}
    </span>
  );
}

/** A piece of text with what was found in it marked; places are counted in code points. */
function MarkedText({ text, ranges }: Highlight) {
  const characters = [...text];
  const parts: ReactNode[] = [];
  let done = 0;
  for (const { start, end } of ranges) {
    parts.push(characters.slice(done, start).join(''), <mark key={start}>{characters.slice(start, end).join('')}</mark>);
    done = end;
  }
  return (
    <>
      {parts}
      {characters.slice(done).join('')}
    </>
  );
}
