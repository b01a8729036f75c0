import { useState } from 'react';
import { type Row, indexOfMessage } from './rows.ts';

/** Far enough from zero for everything that can ever load above. */
const START = 1_000_000;

type TopRow = { messageId: string | undefined };
type AnchoredIndex = { firstIndex: number; noteTop: (absoluteIndex: number) => void };

/**
 * The number of the first row, chosen so that the topmost visible message keeps its own number whatever appears
 * above it: this is what keeps the position from jumping.
 */
export function useAnchoredIndex(rows: readonly Row[]): AnchoredIndex {
  const [top] = useState<TopRow>({ messageId: undefined });
  const [known, setKnown] = useState({ rows, firstIndex: START });
  let { firstIndex } = known;
  if (known.rows !== rows) {
    firstIndex -= shiftBetween(known.rows, rows, top.messageId);
    setKnown({ rows, firstIndex });
  }
  const noteTop = (absoluteIndex: number): void => {
    const row = rows.slice(Math.max(0, absoluteIndex - firstIndex)).find((one) => one.kind === 'message');
    if (row?.kind === 'message') top.messageId = row.message.id;
  };
  return { firstIndex, noteTop };
}

function shiftBetween(before: readonly Row[], after: readonly Row[], messageId: string | undefined): number {
  const anchor = messageId ?? before.find((row) => row.kind === 'message')?.message.id;
  if (anchor === undefined) return 0;
  const from = indexOfMessage(before, anchor);
  const to = indexOfMessage(after, anchor);
  return from < 0 || to < 0 ? 0 : to - from;
}
