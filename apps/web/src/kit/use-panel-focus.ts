import { type RefObject, useEffect, useRef, useState } from 'react';

/** Takes the focus along into the panel that was asked for, and back to where it was when the panel goes. */
export function usePanelFocus(panel: RefObject<HTMLElement | null>, name: string): void {
  // Asked while drawing: a field in the panel that wants the focus has it before any effect runs.
  const [openedFrom] = useState(() => document.activeElement);
  const opener = useRef(openedFrom);
  useEffect(() => {
    const focused = document.activeElement;
    // Nothing was pressed: the address was opened, and reading starts at the top.
    if (!focused || focused === document.body || panel.current?.contains(focused)) return;
    opener.current = focused;
    panel.current?.focus({ preventScroll: true });
  }, [panel, name]);
  useEffect(
    () => () => {
      const from = opener.current;
      if (document.activeElement === document.body && from instanceof HTMLElement) from.focus({ preventScroll: true });
    },
    [],
  );
}
