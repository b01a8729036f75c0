import { AtriumError } from '@atrium/client';
import type { Room } from '@atrium/contracts';
import { useQuery } from '@tanstack/react-query';
import { live } from '../live/live.ts';
import { useRooms } from '../live/use-live.ts';
import { client } from '../session/client.ts';

export type RoomAccess =
  | { name: 'loading' }
  | { name: 'member'; room: Room & { me: NonNullable<Room['me']> } }
  /** Seen from outside: it can be joined, perhaps. */
  | { name: 'outside'; room: Room }
  | { name: 'missing' }
  | { name: 'failed'; error: AtriumError; retry: () => void };

/** What this user may do with the room in the address. */
export function useRoomAccess(roomId: string): RoomAccess {
  const joined = useRooms().find((room) => room.id === roomId);
  const query = useQuery({
    queryKey: ['room', roomId],
    queryFn: () => client.rooms.get(roomId),
    enabled: !joined && live.rooms.loaded,
  });
  const room = joined ?? query.data;
  if (room?.me) return { name: 'member', room: { ...room, me: room.me } };
  if (room) return { name: 'outside', room };
  if (!query.error) return { name: 'loading' };
  const error = AtriumError.from(query.error);
  if (error.status === 404 || error.status === 403) return { name: 'missing' };
  return { name: 'failed', error, retry: () => void query.refetch() };
}
