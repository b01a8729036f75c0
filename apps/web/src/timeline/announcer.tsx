import type { Message } from '@atrium/contracts';
import { useState } from 'react';
import { useNames } from '../live/use-live.ts';
import { useMe } from '../session/use-session.ts';

const READ_ALOUD = 160;

/** Tells screen readers what arrives while they are here; what was there before is theirs to read. */
export function Announcer({ messages, roomId }: { messages: readonly Message[]; roomId: string }) {
  const me = useMe();
  const name = useNames();
  const last = messages.at(-1);
  const [heard, setHeard] = useState({ roomId, seq: last?.seq ?? 0 });
  const arrived = last && last.seq > heard.seq && last.authorId !== me.id && !last.deletedAt ? last : undefined;
  if (heard.roomId !== roomId) setHeard({ roomId, seq: last?.seq ?? 0 });
  return (
    <div className="visually-hidden" role="log" aria-live="polite" aria-label="Arriving messages">
      {arrived && `${name(arrived.authorId)}: ${arrived.body.slice(0, READ_ALOUD) || 'a file'}`}
    </div>
  );
}
