import { isTyping } from './shortcuts.ts';

/** Notes on the document whether a pointer or a key moved last: what shows where one is shows in one place at a time. */
export function noteWhatMoves(): () => void {
  const { dataset } = document.documentElement;
  // Things that move under a resting pointer make the browser tell of it as well.
  const onPointer = ({ pointerType, movementX, movementY }: PointerEvent): void => {
    if (pointerType === 'mouse' && (movementX !== 0 || movementY !== 0)) dataset['movedBy'] = 'pointer';
  };
  const onKey = ({ key, target }: KeyboardEvent): void => {
    // In a text they move within it.
    if (key === 'Tab' || (/^(?:Arrow|Page|Home$|End$|Escape$)/.test(key) && !isTyping(target))) dataset['movedBy'] = 'keys';
  };
  window.addEventListener('pointermove', onPointer, { passive: true });
  window.addEventListener('keydown', onKey, { capture: true });
  return () => {
    window.removeEventListener('pointermove', onPointer);
    window.removeEventListener('keydown', onKey, { capture: true });
  };
}

/** Gives the focus back once what closes has let go of it, unless it went somewhere else meanwhile. */
export function returnFocus(to: Element | null): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body && to instanceof HTMLElement) to.focus({ preventScroll: true });
  });
}
