import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { ordinaryLetters, withLettersJoinedByTex } from '../../text/letters.ts';
import { EXTRACTION_LIMITS, Unreadable, type Piece, type Reading } from '../extraction.ts';
import type { Source } from '../source.ts';
import { Hyphens } from './hyphens.ts';
import { annotationsOf } from './pdf-annotations.ts';
import { PdfComplaints } from './pdf-complaints.ts';
import { layOutPage } from './pdf-layout.ts';
import { withJoinedLetters } from './pdf-joined-letters.ts';
import { withMarks } from './pdf-marks.ts';
import type { PlacedRun } from './pdf-run.ts';
import { PdfScans } from './pdf-scans.ts';
import { pdfiumDocument, type PdfiumDocument } from './pdfium.ts';

/** Reads a PDF page by page. Scripts, fonts and images are never loaded: only the text operators are of interest. */
export async function* readPdf(source: Source, reading: Reading): AsyncGenerator<Piece> {
  const complaints = new PdfComplaints();
  try {
    yield* pagesOf(source, reading);
    reading.budget.damaged ||= complaints.textIsLost;
  } finally {
    complaints.stop();
  }
}

async function* pagesOf(source: Source, reading: Reading): AsyncGenerator<Piece> {
  const bytes = await source.bytes();
  const document = await open(Buffer.from(bytes));
  const second = pdfiumDocument(bytes);
  const scans = new PdfScans(second);
  const pageCount = document.numPages;
  const hyphens = new Hyphens();
  const broken: number[] = [];
  for (let number = 1; number <= Math.min(pageCount, EXTRACTION_LIMITS.pages); number += 1) {
    const page = await pageText({ document, second }, number, hyphens);
    const scanned = page && isWritten(page) ? '' : await scans.text(number);
    if (page === null || scanned === null) broken.push(number);
    reading.progress(Math.floor((number / pageCount) * 100));
    // A broken page stands empty so that page numbers stay true.
    yield { page: [page, scanned].filter(Boolean).join('\n\n') };
  }
  if (broken.length === pageCount) throw new Unreadable('failed', 'None of its pages could be read: the PDF is damaged.');
  if (broken.length > 0) {
    yield { missing: `Some pages could not be read: ${broken.slice(0, 10).join(', ')}${broken.length > 10 ? ' and more' : ''}.` };
  }
  if (pageCount > EXTRACTION_LIMITS.pages) yield { missing: `Only the first ${EXTRACTION_LIMITS.pages} pages were read.` };
}

/** A scan may have a stamp or a number of its own; what people wrote is longer. */
const isWritten = (page: string) => (page.match(/[\p{L}\p{N}]/gu)?.length ?? 0) > 12;

/** The library wants the drawing classes of a browser when it loads; reading text never uses one. */
async function loadLibrary() {
  for (const name of ['DOMMatrix', 'ImageData', 'Path2D']) Object.assign(globalThis, { [name]: class {} });
  return import('pdfjs-dist/legacy/build/pdf.mjs');
}

async function open(bytes: Buffer): Promise<PDFDocumentProxy> {
  const { getDocument, VerbosityLevel } = await loadLibrary();
  const assets = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  try {
    return await getDocument({
      data: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      cMapUrl: join(assets, 'cmaps') + sep,
      cMapPacked: true,
      standardFontDataUrl: join(assets, 'standard_fonts') + sep,
      isEvalSupported: false,
      enableXfa: false,
      disableFontFace: true,
      useSystemFonts: false,
      useWasm: false,
      useWorkerFetch: false,
      verbosity: VerbosityLevel.WARNINGS,
    }).promise;
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') {
      throw new Unreadable('encrypted', 'The PDF is protected with a password. Remove the password and upload it again.');
    }
    // Such as one that opens with the certificates of its readers.
    if (error instanceof Error && /encrypt/i.test(error.message)) {
      throw new Unreadable('encrypted', 'The PDF is encrypted for certain readers. Remove the protection and upload it again.', {
        cause: error,
      });
    }
    throw new Unreadable('failed', 'The PDF is damaged and cannot be opened.', { cause: error });
  }
}

type Libraries = { document: PDFDocumentProxy; second: () => Promise<PdfiumDocument | null> };

/** One broken page does not cost the others. */
async function pageText({ document, second }: Libraries, number: number, hyphens: Hyphens): Promise<string | null> {
  try {
    const page = await document.getPage(number);
    const runs = await inOrder(await runsOf(page), second, number);
    const { placed, notes } = annotationsOf(await page.getAnnotations(), runs);
    page.cleanup();
    const byDirection = Object.values(Object.groupBy([...runs, ...placed], (run) => String(run.turned ?? 0)));
    const texts = byDirection.toSorted((a, b) => b!.length - a!.length).map((group) => layOutPage(group!, hyphens));
    return [...texts, ...notes].filter((text) => text !== '').join('\n\n');
  } catch (error) {
    process.stderr.write(`page ${number}: ${error instanceof Error ? error.name : typeof error}\n`);
    return null;
  }
}

/** Letters that a font joins are known to another library alone; they matter where they may have been turned around. */
async function inOrder(runs: PlacedRun[], second: Libraries['second'], number: number): Promise<PlacedRun[]> {
  const document = runs.some(({ text }) => /\p{Script=Arabic}{2}/u.test(text)) ? await second() : null;
  return withMarks(document ? withJoinedLetters(runs, document, number) : runs);
}

async function runsOf(page: PDFPageProxy): Promise<PlacedRun[]> {
  const content = await page.getTextContent({ disableNormalization: true });
  const runs: PlacedRun[] = [];
  let blank = false;
  let drawn = 0;
  for (const item of content.items) {
    if (!('str' in item)) continue;
    // A sign without a meaning is drawn for none.
    if (/^(?:(?!\s)\p{Cc})+$/u.test(item.str)) continue;
    if (item.str.trim() === '') blank ||= item.str !== '';
    else {
      const vertical = (content.styles[item.fontName] as { vertical?: boolean } | undefined)?.vertical === true;
      runs.push({ ...placeOf(item, vertical), text: lettersOf(item.str), font: item.fontName, blankBefore: blank, drawn });
      blank = false;
      drawn += 1;
    }
    if (item.hasEOL) drawn += 1;
  }
  return runs;
}

/**
 * In ordinary letters. A sign of a letter never stands behind a blank, and no alef alone behind a lam: they are drawn at
 * distances that the library takes for blanks.
 */
const lettersOf = (text: string): string =>
  ordinaryLetters(withLettersJoinedByTex(text))
    .replace(/(?<=[\p{L}\p{M}]) +(?=\p{M})/gu, '')
    .replace(/(?<=\u0644) (?=[\u0622\u0623\u0625\u0627]\p{M}*(?![\p{L}\p{M}]))/gu, '');

type Item = { transform: unknown[]; width: number; height: number };

/** Where an item stands once the page is turned so that its text runs from left to right. */
function placeOf(item: Item, vertical: boolean): Omit<PlacedRun, 'text'> {
  const [a = 1, b = 0, c = 0, d = 1, x = 0, y = 0] = item.transform as number[];
  const height = Math.hypot(c, d) || item.height;
  if (vertical) return { x: -y, y: x, width: item.height || height, height, turned: 4 };
  const turned = Math.round(Math.atan2(b, a) / (Math.PI / 2)) & 3;
  const [along, up] = [
    [x, y],
    [y, -x],
    [-x, -y],
    [-y, x],
  ][turned]! as [number, number];
  return { x: along, y: up, width: item.width, height, turned };
}
