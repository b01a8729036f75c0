import { type RefObject, useEffect } from 'react';

/** Words typed while the focus is nowhere are meant for the room; `?` and the space bar have a meaning of their own. */
export function useTypeAnywhere(field: RefObject<HTMLTextAreaElement | null>, isOn: boolean): void {
  useEffect(() => {
    if (!isOn) return;
    const onKey = (event: KeyboardEvent): void => {
      if (document.activeElement !== document.body || event.ctrlKey || event.metaKey || event.altKey) return;
      if ([...event.key].length === 1 && event.key !== '?' && event.key !== ' ') field.current?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [field, isOn]);
}
