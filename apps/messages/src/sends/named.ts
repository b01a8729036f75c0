import type { Mentions, RoomRole } from '@atrium/contracts';
import { GROUPS, mentionsIn, type Group } from '@atrium/markup';

/** A message that names more people than this is none that people write. */
const MOST_PLACES = 100;

/** The candidates of each place where a body may name somebody, longest name first; equal places once. */
export function namedIn(body: string): readonly string[][] {
  return [...new Map(mentionsIn(body).map((candidates) => [candidates[0], candidates])).values()].slice(0, MOST_PLACES);
}

export const isGroup = (name: string): name is Group => GROUPS.some((group) => group === name);

/** The places as a bot may mean them: it names people, and calls no group of them. */
export const withoutGroups = (named: readonly string[][]): string[][] => named.map((places) => places.filter((name) => !isGroup(name)));

/** Whether one of the places calls everyone of a room, online or not. */
export const callsEveryone = (named: readonly string[][]): boolean => named.flat().some((name) => name === 'room' || name === 'here');

/** Whether one of the places calls those who are online. */
export const callsOnline = (named: readonly string[][]): boolean => named.some((candidates) => candidates.includes('here'));

/** What each place means: the first of its candidates that is a group, or that somebody in the room is called. */
export function resolveNamed(
  named: readonly string[][],
  idOf: (username: string) => string | undefined,
): { userIds: string[]; groups: ReadonlySet<string> } {
  const meant = named.flatMap((candidates) => candidates.find((name) => isGroup(name) || idOf(name) !== undefined) ?? []);
  return { userIds: [...new Set(meant.flatMap((name) => idOf(name) ?? []))], groups: new Set(meant.filter(isGroup)) };
}

/** Above this many members only moderators may call everyone. */
const CALL_EVERYONE_FREELY_UP_TO = 20;

/** Whom a body calls, of those in the room, and as far as its author may. */
export function mentionsOf(
  named: readonly string[][],
  idOf: (username: string) => string | undefined,
  by: { role: RoomRole | undefined; memberCount: number },
): Mentions {
  const { userIds, groups } = resolveNamed(named, idOf);
  const mayCallEveryone = by.memberCount <= CALL_EVERYONE_FREELY_UP_TO || by.role !== 'member';
  return {
    userIds,
    room: groups.has('room') && mayCallEveryone,
    here: groups.has('here') && mayCallEveryone,
    moderators: groups.has('moderators'),
  };
}
