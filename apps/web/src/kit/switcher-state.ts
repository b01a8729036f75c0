const OPEN = 'atrium:switch';

export const openSwitcher = (): void => void window.dispatchEvent(new Event(OPEN));

/** Calls back whenever the switcher is asked for, by Ctrl/⌘ K or a click. */
export function onSwitcherAsked(open: () => void): () => void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open();
  };
  window.addEventListener('keydown', onKey);
  window.addEventListener(OPEN, open);
  return () => {
    window.removeEventListener('keydown', onKey);
    window.removeEventListener(OPEN, open);
  };
}
