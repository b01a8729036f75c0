import type { Room } from '@atrium/contracts';

/** How somebody likes their rooms listed, on this device. */
export type RailWish = { order: 'activity' | 'name'; unreadOnly: boolean; folded: readonly string[] };
export const AS_IT_COMES: RailWish = { order: 'activity', unreadOnly: false, folded: [] };

export type SectionName = 'favourites' | 'rooms' | 'direct';
export type Section = { name: SectionName; title: string; rooms: readonly Room[] };

/** Whether something in a room calls for a visit: silenced rooms call only by name. */
export const isUnread = ({ me }: Room): boolean =>
  me !== undefined && (me.mentions > 0 || (me.notify !== 'nothing' && (me.unread > 0 || me.threadUnread > 0)));

const TITLES: Readonly<Record<SectionName, string>> = { favourites: 'Favourites', rooms: 'Rooms', direct: 'Direct messages' };
const sectionOf = (room: Room): SectionName => (room.me?.favourite ? 'favourites' : room.kind === 'direct' ? 'direct' : 'rooms');

/**
 * The sections of the rail, in their order; those without rooms are left out, but for the one that new rooms come into.
 * @param rooms by latest activity
 * @param hereId the room one is in, which never goes from under one's eyes
 */
export function sectionsOf(rooms: readonly Room[], { order, unreadOnly }: RailWish, hereId?: string): Section[] {
  const shown = rooms.filter((room) => !unreadOnly || isUnread(room) || room.id === hereId);
  const ordered = order === 'name' ? shown.toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true })) : shown;
  return (['favourites', 'rooms', 'direct'] as const)
    .map((name) => ({ name, title: TITLES[name], rooms: ordered.filter((room) => sectionOf(room) === name) }))
    .filter((section) => section.name === 'rooms' || section.rooms.length > 0);
}

/** All rooms as the rail shows them, from top to bottom: what the keys step through. A folded section shows what is unread in it. */
export const shownRooms = (rooms: readonly Room[], wish: RailWish, hereId?: string): Room[] =>
  sectionsOf(rooms, wish, hereId).flatMap((section) => roomsIn(section, wish, hereId));

export const roomsIn = ({ name, rooms }: Section, { folded }: RailWish, hereId?: string): readonly Room[] =>
  folded.includes(name) ? rooms.filter((room) => isUnread(room) || room.id === hereId) : rooms;
