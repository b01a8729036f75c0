import type { Room } from '@atrium/contracts';
import { useSyncExternalStore } from 'react';
import { live } from '../live/live.ts';
import { useMembers } from '../people/use-members.ts';

/** How many are here now: counted while everyone is known by name, else as the server last said. */
export function useOnlineCount(room: Room): number {
  const { members } = useMembers(room.id);
  const { statuses } = useSyncExternalStore(live.people.subscribe, live.people.snapshot);
  if (members.length === 0 || members.length < room.memberCount) return room.onlineCount;
  return members.filter((member) => (statuses.get(member.id) ?? 'offline') !== 'offline').length;
}
