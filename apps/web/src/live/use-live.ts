import { t } from '@lingui/core/macro';
import type { ConnectionState, OutboxItem } from '@atrium/client';
import { statusAt, type MemberStatus, type PersonStatus, type Room } from '@atrium/contracts';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { client } from '../session/client.ts';
import { live } from './live.ts';
import type { Person } from '../session/offline-store.ts';

const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const useRooms = (): readonly Room[] => useSyncExternalStore(live.rooms.subscribe, live.rooms.snapshot);
export const useConnection = (): ConnectionState => useSyncExternalStore(live.connection.subscribe, live.connection.snapshot);
export const useOutbox = (): readonly OutboxItem[] =>
  useSyncExternalStore(client.realtime.outbox.subscribe, client.realtime.outbox.snapshot);
export const useRemoval = (roomId: string) => useSyncExternalStore(live.removals.subscribe, live.removals.snapshot).get(roomId);

const usePeople = () => useSyncExternalStore(live.people.subscribe, live.people.snapshot);

/** Who has this id; undefined while the name is on its way. */
export function usePerson(userId: string): Person | undefined {
  const person = useSyncExternalStore(live.people.subscribe, () => live.people.snapshot().people.get(userId));
  const age = useSyncExternalStore(live.people.subscribe, () => live.people.age);
  useEffect(() => live.people.want(userId), [userId, age]);
  return person;
}

/** What somebody says they are up to, gone at its end. */
export function useShownStatus(userId: string): PersonStatus {
  const { statusText, statusEmoji, statusUntil, timeZone } = usePerson(userId) ?? {};
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const left = statusUntil === undefined ? 0 : Date.parse(statusUntil) - Date.now();
    if (left <= 0) return;
    const timer = setTimeout(() => setNow(Date.now()), Math.min(left + 50, LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  }, [statusUntil, now]);
  return statusAt({ statusText, statusEmoji, statusUntil, timeZone }, Date.now());
}

/** The id of whoever has this username and is known here. */
export const usePersonCalled = (username: string): string | undefined =>
  useSyncExternalStore(live.people.subscribe, () => live.people.idOf(username));

/** Names by id, for text that mentions several. */
export function useNames(): (userId: string) => string {
  const { people } = usePeople();
  return (userId) => {
    live.people.want(userId);
    return people.get(userId)?.displayName ?? t`Someone`;
  };
}

export const useStatus = (userId: string): MemberStatus | undefined =>
  useSyncExternalStore(live.people.subscribe, () => live.people.snapshot().statuses.get(userId));

/** Who types in a room, apart from oneself. */
export function useTyping(roomId: string, myId: string): readonly string[] {
  const typing = useSyncExternalStore(live.typing.subscribe, live.typing.snapshot);
  return (typing.get(roomId) ?? []).filter((userId) => userId !== myId);
}

/** Tries once more what failed when the line comes back, so that nobody has to. */
export function useOnLineBack(failed: boolean, retry: () => void): void {
  const isOnline = useConnection().name === 'online';
  const now = useRef({ failed, retry });
  useEffect(() => {
    now.current = { failed, retry };
  });
  useEffect(() => {
    if (isOnline && now.current.failed) now.current.retry();
  }, [isOnline]);
}
