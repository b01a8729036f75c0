import { CodePointIndex } from '../text/code-points.ts';
import { sentencesOf, type Span } from '../text/sentences.ts';
import { indexKeys } from '../text/terms.ts';

/** A passage of a page that is found as one: whole sentences, offsets in code points into the page's text. */
export type Chunk = { page: number; start: number; end: number; terms: string[] };

const TARGET_CHARS = 900;
/** A paragraph ends a passage unless that would leave a crumb. */
const MIN_CHARS = 300;

/** Cuts one page into passages. Sentences are never cut; a paragraph border is preferred. */
export function chunkPage(page: number, text: string): Chunk[] {
  const offsets = new CodePointIndex(text);
  return passagesOf(text)
    .map(({ start, end }) => ({
      page,
      start: offsets.toCodePoint(start),
      end: offsets.toCodePoint(end),
      terms: indexKeys(text.slice(start, end)),
    }))
    .filter((chunk) => chunk.terms.length > 0);
}

function passagesOf(text: string): Span[] {
  const passages: Span[] = [];
  for (const sentence of sentencesOf(text)) {
    const open = passages.at(-1);
    if (open && sentence.end - open.start <= TARGET_CHARS && !startsAnew(text, open, sentence.start)) open.end = sentence.end;
    else passages.push({ ...sentence });
  }
  return passages;
}

function startsAnew(text: string, open: Span, next: number): boolean {
  return open.end - open.start >= MIN_CHARS && /\n\s*\n/.test(text.slice(open.end, next));
}
