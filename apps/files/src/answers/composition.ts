import type { Citation } from '@atrium/contracts';
import { sliceCodePoints } from '../text/code-points.ts';
import type { Passage } from './answerer.ts';
import type { Candidate } from './candidate.ts';
import { isRow } from './candidates.ts';
import type { Decision } from './decision.ts';
import { familyOf } from './model.ts';
import type { ParsedQuestion } from '../questions/question.ts';
import type { Ranked } from './ranking.ts';

/** Sentences an answer quotes at most. */
const MAX_QUOTES = 3;
/** In scores: one this far behind is twenty times less likely to be an answer as well; the more doubt, the further one looks. */
const FAR_BEHIND = 3;
const DOUBT = 12;
/** Characters of a quote that is shown with its neighbours. */
const MAX_CONTEXT = 400;
const PERSON = /^["'“‘(]*(?:he|she|they|his|her|their)\b/i;

export type Quoted = { passage: Passage; start: number; end: number };

/** The best sentences as they are shown: a heading with what stands under it, "he" with who that is. */
export function quotesOf(question: ParsedQuestion, ranked: Ranked[], { status, confidence }: Decision): Quoted[] {
  const chosen: Quoted[] = [];
  const [best] = ranked;
  // Where no full stop ends a sentence, paragraphs are compared, and how far one is behind says little.
  const isCut = status === 'answered' && familyOf(question.language) !== 'unpunctuated';
  const least = isCut && best ? best.score - Math.max(FAR_BEHIND, DOUBT * (1 - confidence)) : -Infinity;
  for (const one of ranked) {
    if (chosen.length === MAX_QUOTES || one.score < least) break;
    if (isLesserRow(one, best!)) continue;
    const quoted = status === 'closest' ? inContext(one) : asShown(question, one);
    if (!chosen.some((other) => repeats(other, quoted))) chosen.push(quoted);
  }
  return chosen;
}

/** Rows of one table are alike but for the words that tell them apart, and so are the lines of one record. */
function isLesserRow({ features, leansOn }: Ranked, best: Ranked): boolean {
  return isRow(best.candidate.quote) && (features.words < best.features.words || (leansOn.length > 0 && best.leansOn.length === 0));
}

function asShown({ expects }: ParsedQuestion, { candidate, leansOn }: Ranked): Quoted {
  const whole = withLines(candidate, leansOn) ?? asWhole(candidate);
  return expects === 'person' && leansOn.length === 0 ? { ...whole, start: antecedentOf(candidate).start } : whole;
}

/** A line with others of its record, and all between them; null where that is too long to be read, or there are none. */
function withLines({ passage, start, end }: Candidate, lines: Candidate[]): Quoted | null {
  const own = lines.filter((line) => line.passage === passage);
  const [from, to] = [Math.min(start, ...own.map((line) => line.start)), Math.max(end, ...own.map((line) => line.end))];
  return own.length > 0 && to - from <= MAX_CONTEXT ? { passage, start: from, end: to } : null;
}

/** A heading says nothing without what stands under it. */
function asWhole({ passage, start, end, isHeading, after }: Candidate): Quoted {
  return { passage, start, end: isHeading && after?.passage === passage ? after.end : end };
}

/** What only comes close is read with what stands beside it in its paragraph: the answer is often told over two sentences. */
function inContext({ candidate, leansOn }: Ranked): Quoted {
  const { passage, before, after, record } = candidate;
  const lines = withLines(candidate, record) ?? withLines(candidate, leansOn);
  if (lines) return lines;
  let { start, end } = asWhole(candidate);
  const fits = (from: number, to: number) => to - from <= MAX_CONTEXT;
  if (before?.passage === passage && !before.endsLine && fits(before.start, end)) start = before.start;
  if (after?.passage === passage && !candidate.endsLine && fits(start, after.end)) end = after.end;
  return { passage, start, end };
}

/** Asked for a person, "he" is no answer: what says whom it means, if one of the two sentences before does. */
function antecedentOf(candidate: Candidate): Candidate {
  let at = candidate;
  for (let back = 0; back < 2 && PERSON.test(at.quote); back += 1) {
    if (at.before?.passage !== candidate.passage) return candidate;
    at = at.before;
  }
  return PERSON.test(at.quote) ? candidate : at;
}

const textOf = ({ passage, start, end }: Quoted) => sliceCodePoints(passage.text, start - passage.start, end - passage.start);

function repeats(other: Quoted, quoted: Quoted): boolean {
  const samePage = other.passage.fileId === quoted.passage.fileId && other.passage.page === quoted.passage.page;
  return (samePage && other.start < quoted.end && quoted.start < other.end) || textOf(other) === textOf(quoted);
}

/** An answer in the file's own words, each quote with its number. */
export function compose(quoted: Quoted[]): { answer: string; citations: Citation[] } {
  const citations = quoted.map((place, i) => {
    const { fileId, version, page } = place.passage;
    return { n: i + 1, fileId, version, page, start: place.start, end: place.end, quote: textOf(place) };
  });
  return { answer: citations.map(({ quote, n }) => `${quote} [${n}]`).join('\n\n'), citations };
}
