import type { Room } from '@atrium/contracts';

/** A room this user is in. */
export type JoinedRoom = Room & { me: NonNullable<Room['me']> };

export const isModerator = (room: JoinedRoom): boolean => room.me.role !== 'member';

/** Why this user cannot write here; undefined when they can. */
export function whyCannotPost(room: JoinedRoom, now: number): string | undefined {
  if (room.archivedAt) return 'This room is archived.';
  const { mutedUntil } = room.me;
  if (mutedUntil && Date.parse(mutedUntil) > now) {
    return `You are muted until ${new Date(mutedUntil).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })}.`;
  }
  if (room.whoCanPost === 'moderators' && !isModerator(room)) return 'Only the host and moderators write in this room.';
  return undefined;
}
