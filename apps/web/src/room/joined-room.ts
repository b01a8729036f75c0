import { t } from '@lingui/core/macro';
import type { Room } from '@atrium/contracts';
import { untilText } from '../time/format.ts';
import { leftText } from '../time/time-left.ts';

/** A room this user is in. */
export type JoinedRoom = Room & { me: NonNullable<Room['me']> };

/** Who moderates, or acts for a host who is away. */
export const mayKeepDoor = (room: JoinedRoom, myId: string): boolean => isModerator(room) || room.actingHostId === myId;

export const isModerator = (room: JoinedRoom): boolean => room.me.role !== 'member';

/** Why this user cannot write here; undefined when they can. */
export function whyCannotPost(room: JoinedRoom, now: number): string | undefined {
  if (room.archivedAt) return t`This room is archived.`;
  const { mutedUntil, muteReason } = room.me;
  if (mutedUntil && Date.parse(mutedUntil) > now) {
    const until = untilText(mutedUntil, new Date(now));
    const left = leftText(Math.ceil((Date.parse(mutedUntil) - now) / 1000));
    return muteReason
      ? t`You are muted until ${until}, ${left} from now. Reason: ${muteReason}`
      : t`You are muted until ${until}, ${left} from now.`;
  }
  if (room.whoCanPost === 'moderators' && !isModerator(room)) return t`Only the host and moderators write in this room.`;
  return undefined;
}
