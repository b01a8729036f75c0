import { t } from '@lingui/core/macro';
import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { keepDraft, placeOf, readDraft } from '../writing/drafts.ts';
import { uploads } from '../writing/uploads.ts';
import { PageSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { useRooms } from '../live/use-live.ts';
import { BackLink } from '../kit/back-link.tsx';
import { useMe } from '../session/use-session.ts';
import styles from './share-page.module.css';
import { NAME_HEADER, SHARED_TEXT, SHARES_CACHE, wordsOf } from './shared-things.ts';

/** What another app shared with Atrium, or a link to here says: in the composer of the room that is chosen, not sent yet. */
export function SharePage() {
  const [asked] = useSearchParams();
  const text = wordsOf(asked);
  const shared = useQuery({ queryKey: ['shared'], queryFn: async () => (await readShared()) ?? null, staleTime: Infinity });
  if (text !== '') return <Chooser shared={{ text, files: [] }} />;
  if (shared.isPending) return <PageSkeleton />;
  if (!shared.data)
    return (
      <Problem isPage title={t`Nothing was shared`} detail={t`Share a text, a link or files with Atrium from another app.`}>
        <BackLink to="/rooms">{t`All rooms`}</BackLink>
      </Problem>
    );
  return <Chooser shared={shared.data} />;
}

function Chooser({ shared }: { shared: Shared }) {
  const me = useMe();
  const navigate = useNavigate();
  const rooms = useRooms();
  const [query, setQuery] = useState('');
  const wanted = rooms.filter(({ name }) => name.toLocaleLowerCase().includes(query.trim().toLocaleLowerCase()));
  const put = async (roomId: string): Promise<void> => {
    const place = placeOf(me.id, roomId);
    const text = [readDraft(place), shared.text].filter((part) => part.trim() !== '').join('\n');
    keepDraft(place, text);
    uploads.restore(place);
    uploads.add(place, roomId, shared.files);
    await forgetShared();
    await navigate(`/rooms/${roomId}`, { replace: true });
  };
  return (
    <div className={styles.page}>
      <BackLink to="/rooms">{t`All rooms`}</BackLink>
      <h1>{t`Share to a room`}</h1>
      {shared.text !== '' && <blockquote className={styles.text}>{shared.text}</blockquote>}
      {shared.files.length > 0 && <p className={styles.files}>{shared.files.map(({ name }) => name).join(', ')}</p>}
      <TextInput
        aria-label={t`Find a room`}
        placeholder={t`Find a room`}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <ul className={styles.rooms} aria-label={t`Your rooms`}>
        {wanted.map(({ id, name }) => (
          <li key={id}>
            <button type="button" onClick={() => void put(id)}>
              {name}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

type Shared = { text: string; files: File[] };

/** What another app shared last; undefined when there is nothing. */
async function readShared(): Promise<Shared | undefined> {
  if (!('caches' in window) || !(await caches.has(SHARES_CACHE))) return undefined;
  const cache = await caches.open(SHARES_CACHE);
  const text = (await (await cache.match(SHARED_TEXT))?.text()) ?? '';
  const requests = (await cache.keys()).filter(({ url }) => new URL(url).pathname !== SHARED_TEXT);
  const files = await Promise.all(requests.map(async (request) => fileOf((await cache.match(request))!)));
  return text === '' && files.length === 0 ? undefined : { text, files };
}

const forgetShared = (): Promise<boolean> => ('caches' in window ? caches.delete(SHARES_CACHE) : Promise.resolve(false));

async function fileOf(response: Response): Promise<File> {
  const name = decodeURIComponent(response.headers.get(NAME_HEADER) ?? '') || 'shared';
  return new File([await response.blob()], name, { type: response.headers.get('content-type') ?? '' });
}
