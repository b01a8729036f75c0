import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import { isRightToLeft } from '../language/language.ts';
import { ROWS, lastInView } from './rows-on-screen.ts';

const CONTROLS = 'a[href], button:not([disabled]), input:not([disabled]), [tabindex="0"]';

type OneStop = {
  /** Whether the key was for moving within, or out of, the messages. */
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => boolean;
  onFocus: (event: FocusEvent<HTMLElement>) => void;
};

/**
 * Makes all messages one stop of the Tab key: it leads to the message last in focus, or the last one in view, and from
 * there past all others. The arrows go from message to message, and to the side through what one offers.
 */
export function useOneStop(frame: RefObject<HTMLElement | null>): OneStop {
  const cameByTab = useRef(false);
  const last = useRef<string>(undefined);
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => void (cameByTab.current = event.key === 'Tab');
    const onPointer = (): void => void (cameByTab.current = false);
    window.addEventListener('keydown', onKey, true);
    window.addEventListener('pointerdown', onPointer, true);
    return () => {
      window.removeEventListener('keydown', onKey, true);
      window.removeEventListener('pointerdown', onPointer, true);
    };
  }, []);

  const onFocus = ({ target, relatedTarget, currentTarget }: FocusEvent<HTMLElement>): void => {
    const row = target.closest<HTMLElement>(ROWS);
    const fromInside = relatedTarget instanceof Element && currentTarget.contains(relatedTarget) && isOfList(relatedTarget, currentTarget);
    if (cameByTab.current && !fromInside && isOfList(target, currentTarget)) {
      const known = currentTarget.querySelector<HTMLElement>(`article[data-message-id="${last.current ?? ''}"]`);
      return (known ?? lastInView(currentTarget))?.focus({ preventScroll: known === null });
    }
    if (row?.dataset.messageId) last.current = row.dataset.messageId;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): boolean => {
    const { target, key } = event;
    if (!(target instanceof HTMLElement) || !frame.current?.contains(target)) return false;
    const row = target.closest<HTMLElement>(ROWS);
    if (!row) return false;
    if (key === 'Tab') {
      // The browser goes on from the edge, and so past all messages.
      frame.current.querySelector<HTMLElement>(`[data-edge="${event.shiftKey ? 'start' : 'end'}"]`)?.focus({ preventScroll: true });
      return false;
    }
    const next = key === 'Escape' && target !== row ? row : sideways(row, target, key);
    next?.focus();
    return next !== undefined;
  };
  return { onKeyDown, onFocus };
}

/** What comes beside what is in focus, in the message or among its controls. */
function sideways(row: HTMLElement, focused: HTMLElement, key: string): HTMLElement | undefined {
  if (key !== 'ArrowRight' && key !== 'ArrowLeft') return undefined;
  const onward = isRightToLeft() ? 'ArrowLeft' : 'ArrowRight';
  const stops = [row, ...row.querySelectorAll<HTMLElement>(CONTROLS)];
  return stops[stops.indexOf(focused) + (key === onward ? 1 : -1)];
}

/** The rows and what scrolls them; what floats over the list is reached by itself. */
const isOfList = (target: Element, frame: HTMLElement): boolean =>
  target.closest(ROWS) !== null || (target !== frame && target.closest('[data-virtuoso-scroller]') !== null);
