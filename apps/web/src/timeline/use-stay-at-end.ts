import { type RefObject, useEffect, useRef } from 'react';
import type { VirtuosoHandle } from 'react-virtuoso';
import { NEAR_END_PX, scrollerOf } from './rows-on-screen.ts';

type StayInput = {
  list: RefObject<VirtuosoHandle | null>;
  frame: RefObject<HTMLElement | null>;
  opensAtEnd: boolean;
  outgoing: number;
  toPresent: () => void;
};

/**
 * Keeps the end in view when the frame shrinks (a keyboard, a bar) or rows grow, and goes there when one sends something.
 * Whoever is at the end stays there until they scroll up. The list itself follows what grows only for a moment, which a
 * picture or a part of the page that is still on its way may miss.
 */
export function useStayAtEnd({ list, frame, opensAtEnd, outgoing, toPresent }: StayInput): { stay: () => void } {
  const stays = useRef(opensAtEnd);
  const stay = (): void => {
    if (stays.current) list.current?.scrollToIndex({ index: 'LAST', align: 'end' });
  };
  useEffect(() => {
    if (!frame.current) return;
    const scroller = scrollerOf(frame.current);
    let top = scroller.scrollTop;
    const onScroll = (): void => {
      const { scrollTop, scrollHeight, clientHeight } = scroller;
      if (scrollHeight - scrollTop - clientHeight <= NEAR_END_PX) stays.current = true;
      else if (scrollTop < top) stays.current = false;
      top = scrollTop;
    };
    scroller.addEventListener('scroll', onScroll, { passive: true });
    return () => scroller.removeEventListener('scroll', onScroll);
  }, [frame]);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      if (stays.current) list.current?.scrollToIndex({ index: 'LAST', align: 'end' });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame, list]);
  const sent = useRef({ outgoing, toPresent });
  useEffect(() => {
    if (outgoing > sent.current.outgoing) toPresent();
    sent.current = { outgoing, toPresent };
  }, [outgoing, toPresent]);
  return { stay };
}
