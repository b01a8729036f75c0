import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { rowsIn, scrollerOf } from './rows-on-screen.ts';

/** The topmost message in view, and how much of it is above the edge. */
export type ScrollPlace = { seq: number; above: number };

const keyOf = (roomId: string): string => `atrium.scroll.${roomId}`;

/** Where a conversation was left, for this tab; nothing when it was left at its end. */
export function readScrollPlace(roomId: string): ScrollPlace | undefined {
  const [seq = 0, above = 0] = (sessionStorage.getItem(keyOf(roomId)) ?? '').split(':').map(Number);
  return Number.isInteger(seq) && seq > 0 && Number.isFinite(above) ? { seq, above } : undefined;
}

export function keepScrollPlace(roomId: string, place: ScrollPlace | undefined): void {
  if (!place) return sessionStorage.removeItem(keyOf(roomId));
  try {
    sessionStorage.setItem(keyOf(roomId), `${place.seq}:${Math.round(place.above)}`);
  } catch {
    // A full storage opens the conversation at its end, and loses nothing else.
  }
}

type KeepInput = { roomId: string; frame: RefObject<HTMLElement | null>; atEnd: boolean };

/** Remembers what was in view when the conversation is left, for another place or for a reload. */
export function useKeepScrollPlace({ roomId, frame, atEnd }: KeepInput): void {
  const isAtEnd = useRef(atEnd);
  useEffect(() => {
    isAtEnd.current = atEnd;
  });
  // Before the rows are gone: they are measured once more.
  useLayoutEffect(() => {
    const element = frame.current;
    const keep = (): void => {
      if (element) keepScrollPlace(roomId, isAtEnd.current ? undefined : placeIn(element));
    };
    window.addEventListener('pagehide', keep);
    return () => {
      window.removeEventListener('pagehide', keep);
      keep();
    };
  }, [roomId, frame]);
}

function placeIn(frame: HTMLElement): ScrollPlace | undefined {
  const edge = scrollerOf(frame).getBoundingClientRect().top;
  for (const row of rowsIn(frame)) {
    const { top, bottom } = row.getBoundingClientRect();
    if (bottom > edge && row.dataset.seq) return { seq: Number(row.dataset.seq), above: edge - top };
  }
  return undefined;
}
