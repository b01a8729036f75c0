import { CodePointIndex } from '../text/code-points.ts';
import { sentencesOf } from '../text/sentences.ts';
import { termsOf, wordsOf } from '../text/terms.ts';
import type { Passage } from './answerer.ts';
import type { Candidate, Sentence } from './candidate.ts';
import { recordsIn } from './records.ts';

/** A heading is a line of its own, short, without a full stop or a value. */
const HEADING = /^(?:#{1,6}\s.{1,80}|[^.!?。！？:;=|\n]{2,60}:?)$/u;

/** Names with their values: "price: 10.5", "name: Ann; age: 34", "PORT=8080". */
export const isRow = (quote: string): boolean => /^[^:=：\n]{1,80}[:=：]\s*\S/.test(quote);

const isTitle = (line: string) => HEADING.test(line);

/** The sentences of a passage, in reading order. */
export function sentencesIn(passage: Passage): Sentence[] {
  const offsets = new CodePointIndex(passage.text);
  return sentencesOf(passage.text).map((span) => {
    const quote = passage.text.slice(span.start, span.end);
    return {
      passage,
      quote,
      start: passage.start + offsets.toCodePoint(span.start),
      end: passage.start + offsets.toCodePoint(span.end),
      indent: indentBefore(passage.text, span.start),
      terms: termsOf(quote),
      endsLine: passage.text.charAt(span.end) === '\n',
    };
  });
}

function indentBefore(text: string, start: number): number {
  let at = start;
  while (text.charAt(at - 1) === ' ') at -= 1;
  return text.charAt(at - 1) === '\n' ? start - at : 0;
}

/** Every sentence of the passages that has a word, each with its neighbours on the page. */
export function candidatesIn(passages: Passage[]): Candidate[] {
  const inOrder = passages.toSorted((a, b) => (a.fileId < b.fileId ? -1 : a.fileId > b.fileId ? 1 : a.page - b.page || a.start - b.start));
  const candidates: Candidate[] = [];
  for (const sentence of inOrder.flatMap(sentencesIn)) {
    if (sentence.terms.length === 0) continue;
    const last = candidates.at(-1);
    const before = last && adjoin(last, sentence) ? last : null;
    const candidate = { ...sentence, words: wordsOf(sentence.quote), before, after: null, heading: null, isHeading: false, record: [] };
    if (before) before.after = candidate;
    candidates.push(candidate);
  }
  for (const candidate of candidates) {
    candidate.isHeading = candidate.endsLine && candidate.after !== null && isTitle(candidate.quote) && !isTitle(candidate.after.quote);
    candidate.heading = candidate.before?.isHeading ? candidate.before : (candidate.before?.heading ?? null);
  }
  for (const lines of recordsIn(candidates)) for (const line of lines) line.record = lines.filter((other) => other !== line);
  return candidates;
}

const adjoin = (a: Sentence, b: Sentence) =>
  a.passage.fileId === b.passage.fileId && a.passage.page === b.passage.page && b.start - b.indent - a.end <= 3;
