import { t } from '@lingui/core/macro';
import type { RailSection, Room } from '@atrium/contracts';
import { byName } from '../language/formats.ts';

/** How somebody likes their rooms listed, on this device; the sections they made are the same on all of theirs. */
export type RailWish = { order: 'activity' | 'name'; unreadOnly: boolean; folded: readonly string[]; own: readonly RailSection[] };
export const AS_IT_COMES: RailWish = { order: 'activity', unreadOnly: false, folded: [], own: [] };

/** By what is folded: a word of the page, or the id of one's own section. */
export type Section = { name: string; title: string; rooms: readonly Room[]; isOwn: boolean };

/** Whether something in a room calls for a visit: silenced rooms call only by name. */
export const isUnread = ({ me }: Room): boolean =>
  me !== undefined && (me.mentions > 0 || (me.notify !== 'nothing' && (me.unread > 0 || me.threadUnread > 0)));

const allGiven = () => ({ favourites: t`Favourites`, rooms: t`Rooms`, direct: t`Direct messages` });

/** Favourites are nowhere else; of one's own sections, a room is in the first that has it. */
function sectionOf(room: Room, own: readonly RailSection[]): string {
  if (room.me?.favourite) return 'favourites';
  return own.find(({ roomIds }) => roomIds.includes(room.id))?.id ?? (room.kind === 'direct' ? 'direct' : 'rooms');
}

/**
 * The sections of the rail, in their order: one's own stand after the favourites. Those without rooms are left out, but
 * for the one that new rooms come into, and for one's own as long as everything is shown.
 * @param rooms by latest activity
 * @param hereId the room one is in, which never goes from under one's eyes
 */
export function sectionsOf(rooms: readonly Room[], { order, unreadOnly, own }: RailWish, hereId?: string): Section[] {
  const shown = rooms.filter((room) => !unreadOnly || isUnread(room) || room.id === hereId);
  const ordered = order === 'name' ? shown.toSorted((a, b) => byName(a.name, b.name)) : shown;
  const given = (name: keyof ReturnType<typeof allGiven>) => ({ name, title: allGiven()[name], isOwn: false });
  const made = own.map(({ id, name }) => ({ name: id, title: name, isOwn: true }));
  return [given('favourites'), ...made, given('rooms'), given('direct')]
    .map((section) => ({ ...section, rooms: ordered.filter((room) => sectionOf(room, own) === section.name) }))
    .filter(({ name, isOwn, rooms: some }) => name === 'rooms' || (isOwn && !unreadOnly) || some.length > 0);
}

/** All rooms as the rail shows them, from top to bottom: what the keys step through. A folded section shows what is unread in it. */
export const shownRooms = (rooms: readonly Room[], wish: RailWish, hereId?: string): Room[] =>
  sectionsOf(rooms, wish, hereId).flatMap((section) => roomsIn(section, wish, hereId));

export const roomsIn = ({ name, rooms }: Section, { folded }: RailWish, hereId?: string): readonly Room[] =>
  folded.includes(name) ? rooms.filter((room) => isUnread(room) || room.id === hereId) : rooms;
