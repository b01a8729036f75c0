import type { Mentions } from '@atrium/contracts';
import { GROUPS } from '@atrium/markup';
import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { live } from '../live/live.ts';

/** Whether a message mentions the one, or those, called so. */
export type IsNamed = (name: string) => boolean;

/** The mentions that the server found: what the page marks is who was told. */
export function useNamed(mentions: Mentions): IsNamed {
  useEffect(() => mentions.userIds.forEach((userId) => live.people.want(userId)), [mentions]);
  const names = useSyncExternalStore(live.people.subscribe, () => namesOf(mentions));
  return useCallback((name: string) => names.split(' ').includes(name), [names]);
}

/** Joined, because the same names must be the same value; no name has a space. */
function namesOf(mentions: Mentions): string {
  const { people } = live.people.snapshot();
  const usernames = mentions.userIds.flatMap((userId) => people.get(userId)?.username ?? []);
  return [...GROUPS.filter((group) => mentions[group]), ...usernames].join(' ');
}

/** For a message that the server has not seen: everyone this page has heard of. */
export const isKnownName: IsNamed = (name) =>
  GROUPS.some((group) => group === name) || [...live.people.snapshot().people.values()].some(({ username }) => username === name);
