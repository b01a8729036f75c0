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

export type OpeningRow = { index: number | 'LAST'; align: 'start' | 'center' | 'end'; offset?: number };

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
