import { type RefObject, useEffect } from 'react';

const ASKED = 'atrium:write';

/** Puts the caret where the room is written to. */
export const askToWrite = (): void => void window.dispatchEvent(new Event(ASKED));

/** Words typed while the focus is nowhere are meant for the room; `?` and the space bar have a meaning of their own. */
export function useTypeAnywhere(field: RefObject<HTMLTextAreaElement | null>, isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return;
    const onKey = (event: KeyboardEvent): void => {
      if (document.activeElement !== document.body || event.ctrlKey || event.metaKey || event.altKey) return;
      if ([...event.key].length === 1 && event.key !== '?' && event.key !== ' ') field.current?.focus();
    };
    const onAsked = (): void => field.current?.focus();
    window.addEventListener('keydown', onKey);
    window.addEventListener(ASKED, onAsked);
    return () => {
      window.removeEventListener('keydown', onKey);
      window.removeEventListener(ASKED, onAsked);
    };
  }, [field, isOn]);
}
