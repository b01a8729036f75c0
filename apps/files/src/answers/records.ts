import { foldWord } from '../text/terms.ts';
import type { Candidate } from './candidate.ts';

/** One name and its value on a line. A line of several is a table's row, and complete in itself. */
const FIELD = /^([\p{L}_][^:=：;\n]{0,40}?)\s*[:=：]\s*(?![^;\n]*;[^;:\n]*[:：])\S/u;
/** A longer list of names and values is about many things. */
const MOST_LINES = 20;

/** What opens an item of a list in settings, before its first name. */
const ITEM = /^-\s+/;
/** A name whose values stand below it, set in. */
const GROUP = /^([\p{L}_][^:=：;\n]{0,40}):$/u;

/**
 * Lines of names and values that tell of one thing together, with the heading they stand under. A name that comes again
 * begins another, and so does an item of a list, which holds whatever is set in as far as its first name.
 */
export function recordsIn(candidates: Candidate[]): Candidate[][] {
  const records: Candidate[][] = [];
  let names = new Set<string>();
  let itemDepth: number | null = null;
  for (const candidate of candidates) {
    const name = fieldName(candidate, itemDepth !== null);
    if (name === null) {
      itemDepth = null;
      continue;
    }
    const current = records.at(-1);
    const isNext = current !== undefined && current.at(-1) === candidate.before && follows(candidate);
    const goesOn = itemDepth === null ? !names.has(name) && !ITEM.test(candidate.quote) : candidate.indent >= itemDepth;
    if (isNext && goesOn) current.push(candidate);
    else {
      names = new Set();
      itemDepth = depthOfItem(candidate);
      records.push(candidate.before?.isHeading ? [candidate.before, candidate] : [candidate]);
    }
    names.add(name);
  }
  return records.filter((lines) => lines.length > 1 && lines.length <= MOST_LINES);
}

/** How far its names are set in. */
function depthOfItem({ quote, indent }: Candidate): number | null {
  const mark = ITEM.exec(quote)?.[0];
  return mark === undefined ? null : indent + mark.length;
}

function fieldName(candidate: Candidate, isInItem: boolean): string | null {
  const { quote, before, after, endsLine } = candidate;
  const isLine = (before === null || before.endsLine) && (after === null || endsLine);
  if (!isLine) return null;
  const told = quote.replace(ITEM, '');
  if (isInItem && candidate.indent > 0 && GROUP.test(told)) return foldWord(GROUP.exec(told)![1]!);
  const name = candidate.isHeading ? undefined : FIELD.exec(told)?.[1];
  return name === undefined ? null : foldWord(name);
}

/** On the very next line. */
const follows = ({ before, start, indent }: Candidate) => before !== null && start - indent - before.end === 1;
