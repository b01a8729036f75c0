import { type RefObject, useEffect, useRef, useState } from 'react';
import type { VirtuosoHandle } from 'react-virtuoso';
import type { Row } from './rows.ts';
import type { ScrollPlace } from './scroll-places.ts';

/** With more than this unread, the conversation opens where one left off instead of at its end. */
const OPEN_AT_UNREAD_ABOVE = 40;

/** Where a conversation opens: at a message asked for, where it was left, before what is new, or at its end. */
export type Opening = { name: 'asked'; seq: number } | ({ name: 'kept' } & ScrollPlace) | { name: 'unread'; seq: number } | { name: 'end' };

type OpeningInput = {
  at: number | undefined;
  kept: ScrollPlace | undefined;
  unread: number;
  readSeq: number;
  /** By Back or a reload: one wants what one saw, also when something is new. */
  returns: boolean;
};

export function openingOf({ at, kept, unread, readSeq, returns }: OpeningInput): Opening {
  if (at !== undefined) return { name: 'asked', seq: at };
  if (kept && (returns || unread === 0)) return { name: 'kept', ...kept };
  return unread > OPEN_AT_UNREAD_ABOVE ? { name: 'unread', seq: readSeq } : { name: 'end' };
}

/** The message that the first page is fetched around; undefined for the newest. */
export const seqOf = (opening: Opening): number | undefined => (opening.name === 'end' ? undefined : opening.seq);

type OpeningRow = { index: number | 'LAST'; align: 'start' | 'center' | 'end'; offset?: number };

/** The line stays clear of what floats over the list's edge. */
const CLEAR_PX = 48;

/** The row that shows it. What is new comes first, unless something else was asked for. */
export function openingRow(rows: readonly Row[], opening: Opening): OpeningRow {
  const line = rows.findIndex((row) => row.kind === 'unread');
  const wanted =
    opening.name === 'asked' || opening.name === 'kept'
      ? rows.findIndex((row) => row.kind === 'message' && row.message.seq >= opening.seq)
      : -1;
  if (wanted >= 0) {
    return opening.name === 'kept' ? { index: wanted, align: 'start', offset: opening.above } : { index: wanted, align: 'center' };
  }
  return line >= 0 ? { index: line, align: 'start', offset: -CLEAR_PX } : { index: 'LAST', align: 'end' };
}

/** Rows that were guessed get their heights within this time; later changes are none of the opening's. */
const SETTLES_WITHIN_MS = 2500;
const INPUTS = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

type UseOpeningInput = {
  list: RefObject<VirtuosoHandle | null>;
  rows: readonly Row[];
  opening: Opening;
};

/** Where the list opens, and goes back to while its rows still find their heights; from the first touch on it stays put. */
export function useOpening({ list, rows, opening }: UseOpeningInput): { first: OpeningRow; settle: () => void } {
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
