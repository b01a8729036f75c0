import { isInRoom, type OutboxItem, type RoomTimelineSnapshot } from '@atrium/client';
import { useNavigationType } from 'react-router';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { live } from '../live/live.ts';
import { useOnLineBack, useOutbox } from '../live/use-live.ts';
import type { JoinedRoom } from '../room/joined-room.ts';
import { type Opening, openingOf, seqOf } from './opening.ts';
import { readScrollPlace } from './scroll-places.ts';

type TimelineHold = {
  state: RoomTimelineSnapshot;
  outgoing: readonly OutboxItem[];
  /** Changes when the window starts over somewhere else. */
  place: string;
  /** Opened just now, rather than jumped to. */
  opened: boolean;
  /** What the list shows first. */
  opening: Opening;
  goTo: (seq: number | undefined) => void;
  loadBefore: () => void;
  loadAfter: () => void;
  retry: () => void;
};

/** A room's conversation, loaded where the address or the read marker says. */
export function useTimeline(room: JoinedRoom, at: number | undefined): TimelineHold {
  const timeline = useMemo(() => live.timelines.room(room.id), [room.id]);
  const state = useSyncExternalStore(timeline.subscribe, timeline.snapshot);
  const returns = useNavigationType() === 'POP';
  const [first] = useState(() => openingOf({ ...room.me, at, kept: readScrollPlace(room.id), returns }));
  const opening = seqOf(first);
  const [jump, setJump] = useState<{ opening: Opening; count: number }>({ opening: first, count: 0 });
  const outgoing = useOutgoing(room.id, state);

  const goTo = (seq: number | undefined): void => {
    const known = seq === undefined ? !state.hasAfter : state.messages.some((message) => message.seq === seq);
    const show = (): void =>
      setJump(({ count }) => ({ opening: seq === undefined ? { name: 'end' } : { name: 'asked', seq }, count: count + 1 }));
    if (known) show();
    else void timeline.load(seq).then(show);
  };
  useEffect(() => {
    const first = timeline.snapshot();
    if (first.state === 'empty' || first.state === 'failed') void timeline.load(opening);
    else if (opening !== undefined && !first.messages.some((message) => message.seq === opening)) void timeline.load(opening);
  }, [timeline, opening]);
  useOnLineBack(state.state === 'failed', () => void timeline.load(seqOf(jump.opening)));
  const [wanted, setWanted] = useState(at);
  if (wanted !== at) {
    setWanted(at);
    if (at !== undefined) queueMicrotask(() => goTo(at));
  }

  return {
    state,
    outgoing,
    place: `${room.id}-${jump.count}`,
    opened: jump.count === 0,
    opening: jump.opening,
    goTo,
    loadBefore: () => void timeline.loadBefore(),
    loadAfter: () => void timeline.loadAfter(),
    retry: () => void timeline.load(seqOf(jump.opening)),
  };
}

/** What is on its way to this room and not in its conversation yet. */
function useOutgoing(roomId: string, { messages }: RoomTimelineSnapshot): readonly OutboxItem[] {
  const outbox = useOutbox();
  return useMemo(() => {
    const here = outbox.filter((item) => item.roomId === roomId && isInRoom(item));
    if (here.length === 0) return here;
    const recent = messages.slice(-100);
    const arrived = new Set(recent.flatMap((message) => [message.clientId, message.seq]));
    return here.filter((item) => !arrived.has(item.clientId) && !(item.seq !== undefined && arrived.has(item.seq)));
  }, [outbox, roomId, messages]);
}
