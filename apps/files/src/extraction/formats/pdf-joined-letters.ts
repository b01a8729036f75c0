import type { WrappedPdfiumModule } from '@embedpdf/pdfium';
import { ordinaryLetters } from '../../text/letters.ts';
import type { PlacedRun } from './pdf-run.ts';
import { memoryOf, type PdfiumDocument } from './pdfium.ts';

/** Letters that one sign of the font stands for, in the order in which the libraries tell them, and where it stands. */
export type Joined = { letters: string; x: number; y: number };

const ARABIC = /\p{Script=Arabic}/u;
/** Letters that are written as one sign, as Unicode has them, and "lillah". */
const KNOWN = new Set([
  'لله',
  ...Array.from({ length: 0xff00 - 0xfb50 }, (_, i) => String.fromCharCode(0xfb50 + i).normalize('NFKC')).filter((form) =>
    /^\p{L}{2,4}$/u.test(form),
  ),
]);
/** Places of letters that are the same, in points. */
const SAME = 0.01;
const MOST_LETTERS = 8;
const MOST_ON_PAGE = 100_000;

/**
 * Fonts of Arabic draw some letters as one sign, such as lam and alef. Both libraries turn lines that run from the right
 * around letter by letter, and with them the letters of such a sign, which already stood in order. Only PDFium tells
 * which letters belong to one sign: they all stand in one place.
 */
export function withJoinedLetters(runs: PlacedRun[], { pdfium, document }: PdfiumDocument, number: number): PlacedRun[] {
  const joined = joinedOn(pdfium, document, number);
  if (joined.length === 0) return runs;
  return runs.map((run) => {
    const own = ARABIC.test(run.text) && !run.turned ? joined.filter((one) => isWithin(run, one)) : [];
    return own.length === 0 ? run : { ...run, text: own.reduce((text, one) => turned(text, one, run), run.text) };
  });
}

const isWithin = (run: PlacedRun, { x, y }: Joined) => Math.abs(run.y - y) < 1 && x > run.x - 1 && x < run.x + run.width + 1;

/** Turns around the letters of the sign: of equal ones in the run, those that stand nearest to its place. */
function turned(text: string, { letters, x }: Joined, run: PlacedRun): string {
  const expected = (1 - (x - run.x) / Math.max(1, run.width)) * text.length;
  let at = -1;
  for (let found = text.indexOf(letters); found >= 0; found = text.indexOf(letters, found + 1)) {
    if (at < 0 || Math.abs(found + letters.length - expected) < Math.abs(at + letters.length - expected)) at = found;
  }
  return at < 0 ? text : text.slice(0, at) + [...letters].toReversed().join('') + text.slice(at + letters.length);
}

function joinedOn(pdfium: WrappedPdfiumModule, document: number, number: number): Joined[] {
  const page = pdfium.FPDF_LoadPage(document, number - 1);
  const text = page === 0 ? 0 : pdfium.FPDFText_LoadPage(page);
  try {
    return text === 0 ? [] : joinedIn(lettersOf(pdfium, text));
  } finally {
    if (text !== 0) pdfium.FPDFText_ClosePage(text);
    if (page !== 0) pdfium.FPDF_ClosePage(page);
  }
}

const isTurned = (letters: string): boolean => {
  const bare = letters.replace(/\p{M}/gu, '');
  return !KNOWN.has(bare) && KNOWN.has([...bare].toReversed().join(''));
};

type Letter = { letter: string; x: number; y: number };

function lettersOf(pdfium: WrappedPdfiumModule, text: number): Letter[] {
  const count = Math.min(MOST_ON_PAGE, pdfium.FPDFText_CountChars(text));
  const place = pdfium.pdfium.wasmExports.malloc(16);
  try {
    return Array.from({ length: Math.max(0, count) }, (_, i) => {
      const code = pdfium.FPDFText_GetUnicode(text, i);
      pdfium.FPDFText_GetCharOrigin(text, i, place, place + 8);
      const { buffer, byteOffset } = memoryOf(pdfium);
      const numbers = new DataView(buffer, byteOffset + place, 16);
      const letter = code > 0 && code <= 0x10ffff && !pdfium.FPDFText_IsGenerated(text, i) ? String.fromCodePoint(code) : '\n';
      return { letter, x: numbers.getFloat64(0, true), y: numbers.getFloat64(8, true) };
    });
  } finally {
    pdfium.pdfium.wasmExports.free(place);
  }
}

/** Neighbours that stand in one place. */
function joinedIn(letters: Letter[]): Joined[] {
  const groups: Joined[] = [];
  for (const [i, { letter, x, y }] of letters.entries()) {
    const before = letters[i - 1];
    const isSame = before && ARABIC.test(letter) && Math.abs(before.x - x) < SAME && Math.abs(before.y - y) < SAME;
    if (isSame && ARABIC.test(before.letter)) groups.at(-1)!.letters += letter;
    else groups.push({ letters: letter, x, y });
  }
  return groups
    .map((group) => ({ ...group, letters: ordinaryLetters(group.letters) }))
    .filter(({ letters }) => letters.length > 1 && letters.length <= MOST_LETTERS && isTurned(letters));
}
