import { type RefObject, useEffect, useRef, useState } from 'react';
import type { VirtuosoHandle } from 'react-virtuoso';
import { type Opening, type OpeningRow, openingRow } from './opening.ts';
import type { Row } from './rows.ts';

/** Rows that were guessed get their heights within this time; later changes are none of the opening's. */
const SETTLES_WITHIN_MS = 2500;
const INPUTS = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

type OpeningInput = {
  list: RefObject<VirtuosoHandle | null>;
  rows: readonly Row[];
  opening: Opening;
};

/** Where the list opens, and goes back to while its rows still find their heights; from the first touch on it stays put. */
export function useOpening({ list, rows, opening }: OpeningInput): { first: OpeningRow; settle: () => void } {
  const [first] = useState(() => openingRow(rows, opening));
  const settling = useRef(first.index !== 'LAST');
  useEffect(() => {
    const stop = (): void => void (settling.current = false);
    const timer = setTimeout(stop, SETTLES_WITHIN_MS);
    for (const input of INPUTS) window.addEventListener(input, stop, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const input of INPUTS) window.removeEventListener(input, stop);
    };
  }, []);
  const settle = (): void => {
    if (!settling.current) return;
    // Rows may have come above meanwhile.
    list.current?.scrollToIndex(openingRow(rows, opening));
  };
  return { first, settle };
}
