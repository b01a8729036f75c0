import { opensWithMonth } from './dates.ts';

/** A sentence's place in a text, in UTF-16 units; the blanks around it are left out. */
export type Span = { start: number; end: number };

/** Longer than any sentence that helps a reader; text without full stops is cut here. */
const MAX_SENTENCE = 1000;
const segmenter = new Intl.Segmenter('und', { granularity: 'sentence' });
const ABBREVIATION =
  /(?:^|[\s(])(?:\p{Lu}|\p{L}\.\p{L}|[MD]rs?|Ms|St|Sr|Jr|Prof|Rev|Gen|Col|Capt|Lt|Sgt|No|Nr|Fig|Vol|pp?|vs|approx|ca|etc|e\.g|i\.e|z\.B|bzw|cf|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|v|al|г|гг|им|т|д|р)\.\s*$/u;
/** Thai and Lao end no sentence with a full stop: it follows initials and short forms. */
const SHORT_FORM = /[\p{Script=Thai}\p{Script=Lao}]\.\s*$/u;

/** The sentences of a text, whatever its language. Lines that only wrap do not end one. */
export function sentencesOf(text: string): Span[] {
  const unwrapped = unwrapLines(text);
  const spans: Span[] = [];
  for (const { segment, index } of segmenter.segment(unwrapped)) {
    const previous = spans.at(-1);
    const next = { start: index, end: index + segment.length };
    if (previous && goesOn(unwrapped.slice(Math.max(previous.start, previous.end - 40), previous.end), segment)) previous.end = next.end;
    else spans.push(next);
  }
  return spans.flatMap((span) => pieces(text, span)).filter((span) => span.end > span.start);
}

function goesOn(before: string, after: string): boolean {
  if (/\n\s*$/.test(before)) return false;
  return (
    ABBREVIATION.test(before) ||
    SHORT_FORM.test(before) ||
    /^\p{Ll}/u.test(after) ||
    (ORDINAL.test(before) && (IN_PHRASE.test(before) || opensWithMonth(after)))
  );
}

/** "am 18. Juli", "im 18. Jahrhundert": in German and its neighbours a full stop makes a number an ordinal. */
const ORDINAL = /(?:^|\s)\d{1,2}\.\s*$/;
const IN_PHRASE = /(?:^|\s)(?:am|im|vom|zum|zur|beim|der|die|das|des|dem|den|und|bis|ab|seit|jede[nrsm]?)\s\d{1,2}\.\s*$/i;

/** A line of a table: cells between bars, or each with its column's name, save a first one that has none. */
const ROW = /\S \| \S|^(?:[^:;]+; )?[^:;]+: [^;]+(?:; [^:;]+: [^;]+)+$/;
/** A line that begins an entry: a log's level, or a key with its value. */
const ENTRY = /^(?:\W?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|CRITICAL|FATAL)\b|[\w.[\]-]+(?:: |=))/;

/** Replaces the line feeds inside paragraphs that wrap by blanks, one for one, so that positions stay true. */
function unwrapLines(text: string): string {
  const lines = text.split('\n');
  return lines.map((line, i) => (i === 0 ? line : (wraps(lines[i - 1]!, line) ? ' ' : '\n') + line)).join('');
}

function wraps(line: string, after: string): boolean {
  // How far a line is set in says nothing of what it is.
  const next = after.trimStart();
  return (
    line.length >= 45 &&
    next.length > 0 &&
    !ROW.test(line.trimStart()) &&
    !/[.!?:;。！？|]["')”»]?$/u.test(line.slice(-2)) &&
    !/^(?:[-*•|#>]|\d+[.)]\s)/.test(next) &&
    !ENTRY.test(next) &&
    !beginsAlike(line.trimStart(), next)
  );
}

/** Entries of a log each begin with a time, a number or an address of the same shape. */
function beginsAlike(line: string, next: string): boolean {
  const shape = (text: string) => /^\S{1,40}/.exec(text)?.[0].replace(/\d+/g, '0') ?? '';
  return /\d\D?\d/.test(next.slice(0, 12)) && shape(line) === shape(next);
}

function pieces(text: string, span: Span): Span[] {
  const found: Span[] = [];
  let start = span.start;
  while (span.end - start > MAX_SENTENCE) {
    // Within the piece: text without blanks would be searched back to its beginning every time.
    const blank = text.slice(start, start + MAX_SENTENCE + 1).lastIndexOf(' ');
    let cut = start + (blank > 0 ? blank : MAX_SENTENCE);
    if (/[\ud800-\udbff]/.test(text.charAt(cut - 1))) cut -= 1;
    found.push(trimmed(text, { start, end: cut }));
    start = cut;
  }
  found.push(trimmed(text, { start, end: span.end }));
  return found;
}

function trimmed(text: string, { start, end }: Span): Span {
  while (start < end && /\s/.test(text.charAt(start))) start += 1;
  while (end > start && /\s/.test(text.charAt(end - 1))) end -= 1;
  return { start, end };
}
