import type { Room } from '@atrium/contracts';
import { useEffect } from 'react';
import { useLocation } from 'react-router';

const keyOf = (userId: string): string => `atrium.place.${userId}`;

/** Where this person was last in a room, on this device. */
export const readLastPlace = (userId: string): string | undefined => localStorage.getItem(keyOf(userId)) ?? undefined;

/** Where the product opens: the room one was in, else the liveliest one, else where rooms are found. */
export function homePlace(last: string | undefined, rooms: readonly Room[]): string {
  const lastRoom = /^\/rooms\/([^/]+)/.exec(last ?? '')?.[1];
  if (last !== undefined && rooms.some(({ id }) => id === lastRoom)) return last;
  return rooms[0] ? `/rooms/${rooms[0].id}` : '/rooms';
}

/** Keeps the place in a room, so that the product opens there next time. */
export function useKeepLastPlace(userId: string): void {
  const { pathname } = useLocation();
  useEffect(() => {
    try {
      localStorage.setItem(keyOf(userId), pathname);
    } catch {
      // A full storage keeps the next visit from opening here, and nothing else.
    }
  }, [userId, pathname]);
}
