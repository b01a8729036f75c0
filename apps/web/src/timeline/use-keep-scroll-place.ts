import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { rowsIn, scrollerOf } from './rows-on-screen.ts';
import { type ScrollPlace, keepScrollPlace } from './scroll-places.ts';

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
