import { plural, t } from '@lingui/core/macro';
import { AtriumError } from '@atrium/client';
import { Button } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { PanelHeader } from '../kit/panel.tsx';
import { PanelSkeleton } from '../kit/loading.tsx';
import { Problem } from '../kit/problem.tsx';
import { client } from '../session/client.ts';
import { SearchChips } from './search-chips.tsx';
import { Hit } from './search-hit.tsx';
import { readSearchPlace, searchParamsOf, type SearchPlace } from './search-place.ts';
import styles from './search.module.css';
import { problemText } from '../language/problem-text.ts';

const TYPING_MS = 250;

/** Messages and files in one list. The address holds the search, so that it can be sent on and gone back to. */
export function SearchPanel({ roomId, onClose }: { roomId?: string; onClose: () => void }) {
  const [params, setParams] = useSearchParams();
  const place = readSearchPlace(params);
  const [typed, setTyped] = useState(place.q);
  const [shown, setShown] = useState(place.q);
  // Back, a link or a chip changed the search: what stands in the field follows.
  if (shown !== place.q) {
    setShown(place.q);
    if (typed.trim() !== place.q) setTyped(place.q);
  }
  const change = (next: SearchPlace): void => setParams(searchParamsOf(next), { replace: true });
  const changeSoon = useDebouncedCallback((q: string) => change({ ...place, q: q.trim() }), TYPING_MS);
  const found = useSearch(place, roomId);
  return (
    <>
      <PanelHeader title={t`Search`} onClose={onClose} />
      <form
        role="search"
        className={styles.field}
        onSubmit={(event) => {
          event.preventDefault();
          change({ ...place, q: typed.trim() });
        }}
      >
        <IconSearch size={16} aria-hidden />
        <input
          type="search"
          aria-label={t`Search messages and files`}
          placeholder={t`Search messages and files`}
          autoFocus={place.q === ''}
          maxLength={500}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            changeSoon(event.currentTarget.value);
          }}
        />
      </form>
      <SearchChips place={place} inRoom={roomId !== undefined} onChange={change} />
      <div className={styles.results}>
        <Results found={found} place={place} namesRoom={!place.isHere || roomId === undefined} />
      </div>
    </>
  );
}

type ResultsProps = { found: ReturnType<typeof useSearch>; place: SearchPlace; namesRoom: boolean };

function Results({ found, place, namesRoom }: ResultsProps) {
  const { hits, total, problem, missing } = found;
  if (place.q.trim() === '') return <Hints />;
  if (problem?.status === 422) return <Problem title={t`This cannot be searched for`} detail={problemText(problem).replace(/^q: /, '')} />;
  if (problem && hits.length === 0)
    return (
      <Problem
        title={t`The search did not work`}
        detail={problemText(problem)}
        action={t`Try again`}
        onAction={() => void found.refetch()}
      />
    );
  if (found.isPending) return <PanelSkeleton />;
  return (
    <>
      <p className={styles.count} role="status">
        {countText(total)}
        {missing.length > 0 &&
          (missing.includes('files') ? t` Files cannot be searched at the moment.` : t` Messages cannot be searched at the moment.`)}
        {found.isBehind && t` What was said in the last moments may be missing.`}
      </p>
      {hits.length === 0 && (
        <Problem
          icon={<IconSearch size={22} stroke={1.7} />}
          title={t`Nothing was found`}
          detail={t`Try fewer or shorter words: a part of a word is enough. You find what is in rooms that you are in.`}
        />
      )}
      <ul className={styles.hits} aria-label={t`Search results`}>
        {hits.map((hit) => (
          <Hit key={hit.kind === 'message' ? hit.message.id : hit.file.id} hit={hit} place={place} namesRoom={namesRoom} />
        ))}
      </ul>
      {found.hasNextPage && (
        <Button variant="default" className={styles.more} loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t`Show more`}
        </Button>
      )}
    </>
  );
}

function countText(total: { value: number; exact: boolean } | undefined): string {
  if (!total) return '';
  const { value, exact } = total;
  return exact
    ? plural(value, { one: '# result.', other: '# results.' })
    : plural(value, { one: 'More than # results.', other: 'More than # results.' });
}

const examples = () =>
  [
    ['budg', t`a word, its beginning, or three letters of it`],
    ['"next quarter"', t`exactly this`],
    ['from:ann', t`what Ann wrote or uploaded`],
    ['has:link', t`also has:file, has:image, has:pin, has:reaction`],
    ['before:2026-03-01', t`and after:, by day`],
    ['in:files', t`also in:messages, or a room: in:"Design"`],
  ] as const;

function Hints() {
  return (
    <dl className={styles.hints}>
      {examples().map(([example, what]) => (
        <div key={example}>
          <dt>{example}</dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  );
}

/** What a search finds, page by page. A query that cannot be read is not asked again. */
function useSearch({ q, isHere, sort }: SearchPlace, roomId: string | undefined) {
  const within = isHere && roomId !== undefined ? { roomId } : {};
  const found = useInfiniteQuery({
    queryKey: ['search', q, sort, within],
    queryFn: ({ pageParam, signal }) =>
      client.search.find({ q, sort, limit: 20, ...within, ...(pageParam === undefined ? {} : { cursor: pageParam }) }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    enabled: q.trim() !== '',
    // What was said a moment ago should be found, and what was deleted should not.
    staleTime: 0,
    retry: false,
  });
  const [first] = found.data?.pages ?? [];
  return {
    ...found,
    hits: found.data?.pages.flatMap((page) => page.items) ?? [],
    total: first?.total,
    missing: first?.missing ?? [],
    isBehind: (first?.behindMs ?? 0) > 0,
    problem: found.error ? AtriumError.from(found.error) : undefined,
  };
}
