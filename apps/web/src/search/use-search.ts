import { AtriumError } from '@atrium/client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { client } from '../session/client.ts';
import type { SearchPlace } from './search-place.ts';

/** What a search finds, page by page. A query that cannot be read is not asked again. */
export function useSearch({ q, isHere, sort }: SearchPlace, roomId: string | undefined) {
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
