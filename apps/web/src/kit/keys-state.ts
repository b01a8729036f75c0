import { isTyping } from './shortcuts.ts';

const OPEN = 'atrium:keys';

export const openKeys = (): void => void window.dispatchEvent(new Event(OPEN));

/** Calls back whenever the keys are asked for, by `?` or a click. */
export function onKeysAsked(open: () => void): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === '?' && !isTyping(event.target) && !event.ctrlKey && !event.metaKey) open();
  };
  window.addEventListener('keydown', onKey);
  window.addEventListener(OPEN, open);
  return () => {
    window.removeEventListener('keydown', onKey);
    window.removeEventListener(OPEN, open);
  };
}
