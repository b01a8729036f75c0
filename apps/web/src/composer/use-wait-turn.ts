import { useEffect, useState } from 'react';
import { live } from '../live/live.ts';
import type { JoinedRoom } from '../rooms/joined-room.ts';
import { useMe } from '../session/use-session.ts';

/** Seconds until slow mode lets this user write again; moderators never wait. */
export function useWaitTurn(room: JoinedRoom): number {
  const me = useMe();
  const lastAt = useLastOwnAt(room, me.id);
  const [now, setNow] = useState(Date.now);
  const until = room.me.role === 'member' && room.slowModeSeconds > 0 && lastAt !== undefined ? lastAt + room.slowModeSeconds * 1000 : 0;
  const waiting = until > now;
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [waiting]);
  // The clock here may be behind the one that stamped the message.
  return waiting ? Math.min(room.slowModeSeconds, Math.ceil((until - now) / 1000)) : 0;
}

function useLastOwnAt(room: JoinedRoom, myId: string): number | undefined {
  if (room.slowModeSeconds === 0) return undefined;
  const own = live.timelines
    .room(room.id)
    .snapshot()
    .messages.findLast((message) => message.authorId === myId);
  return own && Date.parse(own.createdAt);
}
