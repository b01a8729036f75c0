import { live } from '../live/live.ts';
import type { JoinedRoom } from '../room/joined-room.ts';
import { useMe } from '../session/use-session.ts';
import { useSecondsUntil } from '../time/time-left.ts';
import { lastTurn } from '../bot/run-command.ts';

/** Seconds until slow mode lets this user write again; moderators never wait, nor does what is not a message. */
export function useWaitTurn(room: JoinedRoom, isExempt: boolean): number {
  const me = useMe();
  const lastAt = useLastOwnAt(room, me.id);
  const mustWait = !isExempt && room.me.role === 'member' && room.slowModeSeconds > 0 && lastAt !== undefined;
  const seconds = useSecondsUntil(mustWait ? lastAt + room.slowModeSeconds * 1000 : 0);
  // The clock here may be behind the one that stamped the message.
  return Math.min(room.slowModeSeconds, seconds);
}

function useLastOwnAt(room: JoinedRoom, myId: string): number | undefined {
  if (room.slowModeSeconds === 0) return undefined;
  const own = live.timelines
    .room(room.id)
    .snapshot()
    .messages.findLast((message) => message.authorId === myId);
  const times = [own && Date.parse(own.createdAt), lastTurn(room.id)].filter((at) => at !== undefined);
  return times.length > 0 ? Math.max(...times) : undefined;
}
