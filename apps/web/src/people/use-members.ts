import { AtriumError } from '@atrium/client';
import type { Member, Room } from '@atrium/contracts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { live } from '../live/live.ts';
import { client } from '../session/client.ts';

type Members = {
  members: readonly Member[];
  isPending: boolean;
  error: AtriumError | undefined;
  hasMore: boolean;
  loadMore: () => void;
  retry: () => void;
};
/** So many are fetched at a time. */
export const MEMBERS_PAGE = 100;

/** Who is in a room, host first. Names and presence learned here serve the whole page. */
export function useMembers(roomId: string, query = ''): Members {
  const found = useInfiniteQuery({
    queryKey: ['members', roomId, query],
    queryFn: async ({ pageParam }) => {
      const asked = live.people.askMembers();
      const page = await client.rooms.members(roomId, {
        limit: MEMBERS_PAGE,
        ...(query ? { query } : {}),
        ...(pageParam ? { cursor: pageParam } : {}),
      });
      live.people.learnMembers(page.items, asked);
      return page;
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: (previous, former) => (former?.queryKey[1] === roomId ? previous : undefined),
  });
  return {
    members: found.data?.pages.flatMap((page) => page.items) ?? [],
    isPending: found.isPending,
    error: found.error ? AtriumError.from(found.error) : undefined,
    hasMore: found.hasNextPage,
    loadMore: () => void found.fetchNextPage(),
    retry: () => void found.refetch(),
  };
}

/** How many are here now: counted while everyone is known by name, else as the server last said. */
export function useOnlineCount(room: Room): number {
  const { members } = useMembers(room.id);
  const { statuses } = useSyncExternalStore(live.people.subscribe, live.people.snapshot);
  if (members.length === 0 || members.length < room.memberCount) return room.onlineCount;
  return members.filter((member) => (statuses.get(member.id) ?? 'offline') !== 'offline').length;
}
