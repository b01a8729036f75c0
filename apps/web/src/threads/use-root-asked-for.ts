import { useMemo, useState, useSyncExternalStore } from 'react';
import { live } from '../live/live.ts';
import type { RoomPlace } from '../room/room-place.ts';

const NEVER = (): (() => void) => () => undefined;

/** Where the root of the thread stands with which the room was opened, by a link, as soon as it is known. */
export function useRootAskedFor(roomId: string, place: RoomPlace): number | undefined {
  const [asked] = useState(() => (place.name === 'thread' ? place.messageId : undefined));
  const thread = useMemo(() => (asked === undefined ? undefined : live.timelines.thread(roomId, asked)), [roomId, asked]);
  const root = useSyncExternalStore(thread?.subscribe ?? NEVER, () => thread?.snapshot().root);
  return place.name === 'thread' && place.messageId === asked ? root?.seq : undefined;
}
