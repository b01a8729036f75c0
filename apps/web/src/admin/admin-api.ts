import { AdminApi } from '@atrium/client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { queryClient } from '../kit/query-client.ts';
import { problemText } from '../language/problem-text.ts';
import { client } from '../session/client.ts';

/** Lives in the console's own bundle, like everything here. */
export const admin = new AdminApi(client.http);

type ListPage<T> = { items: T[]; nextCursor: string | null };
export type AdminList<T> = {
  items: T[];
  isPending: boolean;
  problem: string | undefined;
  retry: () => void;
  more: (() => void) | undefined;
  isFetchingMore: boolean;
};

/** A list that the server filters and pages; read again after every act. */
export function useAdminList<T>(name: string, search: object, read: (cursor: { cursor?: string }) => Promise<ListPage<T>>): AdminList<T> {
  const query = useInfiniteQuery({
    queryKey: ['admin', name, search],
    queryFn: ({ pageParam }) => read(pageParam ? { cursor: pageParam } : {}),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  return {
    items: query.data?.pages.flatMap((page) => page.items) ?? [],
    isPending: query.isPending,
    problem: query.isError ? problemText(query.error) : undefined,
    retry: () => void query.refetch(),
    more: query.hasNextPage ? () => void query.fetchNextPage() : undefined,
    isFetchingMore: query.isFetchingNextPage,
  };
}

/** Something was changed: whatever shows it is read again. */
export const readAgain = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['admin'] });
