import { foldWord } from '../text/terms.ts';
import type { Candidate } from './candidates.ts';

/** One name and its value on a line. A line of several is a table's row, and complete in itself. */
const FIELD = /^([\p{L}_][^:=：;\n]{0,40}?)\s*[:=：]\s*(?![^;\n]*;[^;:\n]*[:：])\S/u;
/** A longer list of names and values is about many things. */
const MOST_LINES = 20;

/** Lines of names and values that tell of one thing together, with the heading they stand under. A name that comes again begins another. */
export function recordsIn(candidates: Candidate[]): Candidate[][] {
  const records: Candidate[][] = [];
  let names = new Set<string>();
  for (const candidate of candidates) {
    const name = fieldName(candidate);
    if (name === null) continue;
    const current = records.at(-1);
    if (current && current.at(-1) === candidate.before && follows(candidate) && !names.has(name)) current.push(candidate);
    else {
      names = new Set();
      records.push(candidate.before?.isHeading ? [candidate.before, candidate] : [candidate]);
    }
    names.add(name);
  }
  return records.filter((lines) => lines.length > 1 && lines.length <= MOST_LINES);
}

function fieldName(candidate: Candidate): string | null {
  const { quote, before, after, endsLine } = candidate;
  const isLine = (before === null || before.endsLine) && (after === null || endsLine);
  const name = isLine && !candidate.isHeading ? FIELD.exec(quote)?.[1] : undefined;
  return name === undefined ? null : foldWord(name);
}

/** On the very next line. */
const follows = ({ before, start, indent }: Candidate) => before !== null && start - indent - before.end === 1;
