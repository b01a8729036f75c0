import type { Room } from '@atrium/contracts';

/** A room this user is in. */
export type JoinedRoom = Room & { me: NonNullable<Room['me']> };

/** Who moderates, or acts for a host who is away. */
export const mayKeepDoor = (room: JoinedRoom, myId: string): boolean => isModerator(room) || room.actingHostId === myId;

const UNITS = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
] as const;

/** How long until then, in the largest unit that fits. */
export function leftText(ms: number): string {
  const [unitMs, unit] = UNITS.find(([size]) => ms >= size) ?? [1000, 'second'];
  const count = Math.max(1, Math.ceil(ms / unitMs));
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

export const isModerator = (room: JoinedRoom): boolean => room.me.role !== 'member';

/** Why this user cannot write here; undefined when they can. */
export function whyCannotPost(room: JoinedRoom, now: number): string | undefined {
  if (room.archivedAt) return 'This room is archived.';
  const { mutedUntil, muteReason } = room.me;
  if (mutedUntil && Date.parse(mutedUntil) > now) {
    const until = new Date(mutedUntil).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
    return `You are muted until ${until}, ${leftText(Date.parse(mutedUntil) - now)} from now.${muteReason ? ` Reason: ${muteReason}` : ''}`;
  }
  if (room.whoCanPost === 'moderators' && !isModerator(room)) return 'Only the host and moderators write in this room.';
  return undefined;
}
