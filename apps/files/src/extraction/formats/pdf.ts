import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { EXTRACTION_LIMITS, Unreadable, type PageSink } from '../extraction.ts';
import { layOutLines, type Run } from './pdf-layout.ts';

/** Reads a PDF page by page. Scripts, fonts and images are never loaded: only the text operators are of interest. */
export async function readPdf(bytes: Buffer, sink: PageSink): Promise<string | undefined> {
  const document = await open(bytes);
  const pageCount = document.numPages;
  const broken: number[] = [];
  for (let number = 1; number <= Math.min(pageCount, EXTRACTION_LIMITS.pages); number += 1) {
    const text = await pageText(document, number, broken);
    sink.progress(Math.floor((number / pageCount) * 100));
    if (!sink.page(text)) break;
  }
  if (broken.length === pageCount) throw new Unreadable('failed', 'None of its pages could be read: the PDF is damaged.');
  if (broken.length > 0) return `Some pages could not be read: ${broken.slice(0, 10).join(', ')}${broken.length > 10 ? ' and more' : ''}.`;
  if (pageCount > EXTRACTION_LIMITS.pages) return `Only the first ${EXTRACTION_LIMITS.pages} pages were read.`;
  return undefined;
}

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
      verbosity: VerbosityLevel.ERRORS,
    }).promise;
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException') {
      throw new Unreadable('encrypted', 'The PDF is protected with a password. Remove the password and upload it again.');
    }
    throw new Unreadable('failed', 'The PDF is damaged and cannot be opened.', { cause: error });
  }
}

/** One broken page does not cost the others; it stands empty so that page numbers stay true. */
async function pageText(document: PDFDocumentProxy, number: number, broken: number[]): Promise<string> {
  try {
    const page = await document.getPage(number);
    const text = layOutLines(await runsOf(page));
    page.cleanup();
    return text;
  } catch (error) {
    process.stderr.write(`page ${number}: ${String(error)}\n`);
    broken.push(number);
    return '';
  }
}

async function runsOf(page: PDFPageProxy): Promise<Run[]> {
  const content = await page.getTextContent();
  const runs: Run[] = [];
  for (const item of content.items) {
    if (!('str' in item)) continue;
    const [, , , scaleY, x, y] = item.transform as number[];
    runs.push({
      text: item.str,
      x: x ?? 0,
      y: y ?? 0,
      width: item.width,
      height: item.height || Math.abs(scaleY ?? 0),
      endsLine: item.hasEOL,
    });
  }
  return runs;
}
