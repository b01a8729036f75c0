import { type RefObject, useEffect, useRef } from 'react';
import type { VirtuosoHandle } from 'react-virtuoso';

type StayInput = {
  list: RefObject<VirtuosoHandle | null>;
  frame: RefObject<HTMLElement | null>;
  atEnd: boolean;
  outgoing: number;
  toPresent: () => void;
};

/** Keeps the end in view when the frame shrinks (a keyboard, a bar), and goes there when one sends something. */
export function useStayAtEnd({ list, frame, atEnd, outgoing, toPresent }: StayInput): void {
  const now = useRef({ atEnd, toPresent });
  useEffect(() => {
    now.current = { atEnd, toPresent };
  });
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (now.current.atEnd) list.current?.scrollToIndex({ index: 'LAST', align: 'end' });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame, list]);
  const sent = useRef(outgoing);
  useEffect(() => {
    if (outgoing > sent.current) now.current.toPresent();
    sent.current = outgoing;
  }, [outgoing]);
}
