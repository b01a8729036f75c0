import { useEffect, useState, useSyncExternalStore } from 'react';
import { live } from '../live/live.ts';
import type { JoinedRoom } from '../room/joined-room.ts';
import { client } from '../session/client.ts';
import { unreadMarks } from '../messages/acts.ts';

const SETTLE_MS = 250;

type Reading = {
  /** Where the line before what is new stands; undefined without one. */
  readTo: number | undefined;
  clearLine: () => void;
};

type ReadingInput = { room: JoinedRoom; lastSeq: number | undefined; watching: boolean; opened: boolean };

/** Moves the marker while someone looks at the end of the conversation, and keeps the line where they left off. */
export function useReading({ room, lastSeq, watching, opened }: ReadingInput): Reading {
  const { readSeq, unread } = room.me;
  const [readTo, setReadTo] = useState(opened && unread > 0 ? readSeq : undefined);
  const marked = useSyncExternalStore(unreadMarks.subscribe, unreadMarks.snapshot).get(room.id);
  const [wasMarked, setWasMarked] = useState(marked);
  const visible = usePageVisible();

  if (wasMarked !== marked) {
    setWasMarked(marked);
    if (marked !== undefined) setReadTo(marked);
  }
  const [wasVisible, setWasVisible] = useState(visible);
  if (wasVisible !== visible) {
    setWasVisible(visible);
    // What arrives while nobody looks is new when they come back.
    if (!visible && lastSeq !== undefined && unread === 0) setReadTo(lastSeq);
  }

  // The marker alone can also move back because the server counts differently: only the wish to keep it unread pauses.
  const due = watching && visible && marked === undefined && lastSeq !== undefined && lastSeq > readSeq;
  useEffect(() => {
    if (!due || lastSeq === undefined) return;
    const timer = setTimeout(() => {
      client.realtime.read(room.id, lastSeq);
      const me = live.rooms.get(room.id)?.me;
      if (me) live.rooms.read({ ...me, roomId: room.id, readSeq: lastSeq, unread: 0, mentions: 0 });
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [due, lastSeq, room.id]);

  useEffect(() => () => unreadMarks.forget(room.id), [room.id]);

  const clearLine = (): void => {
    unreadMarks.forget(room.id);
    setReadTo(undefined);
  };
  return { readTo, clearLine };
}

function usePageVisible(): boolean {
  const [visible, setVisible] = useState(document.visibilityState === 'visible');
  useEffect(() => {
    const onChange = (): void => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', onChange);
    return () => document.removeEventListener('visibilitychange', onChange);
  }, []);
  return visible;
}
