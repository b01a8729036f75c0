import type { WrappedPdfiumModule } from '@embedpdf/pdfium';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** The library that draws pages, loaded when it is first needed. */
export async function openPdfium(): Promise<WrappedPdfiumModule> {
  const { init } = await import('@embedpdf/pdfium');
  const wasm = await readFile(createRequire(import.meta.url).resolve('@embedpdf/pdfium/pdfium.wasm'));
  const pdfium = await init({ wasmBinary: new Uint8Array(wasm).buffer });
  pdfium.PDFiumExt_Init();
  return pdfium;
}

/** The memory of the library as it is now: it moves when it grows. */
export const memoryOf = (pdfium: WrappedPdfiumModule): Uint8Array => (pdfium.pdfium as unknown as { HEAPU8: Uint8Array }).HEAPU8;

/** A document as the library holds it. */
export type PdfiumDocument = { pdfium: WrappedPdfiumModule; document: number };

/** A larger document is not opened by a second library. */
const MOST_BYTES = 60 * 1024 * 1024;

/** Opens a document at most once, when it is first needed. Null when it is too large, or cannot be opened by this library. */
export function pdfiumDocument(source: Buffer): () => Promise<PdfiumDocument | null> {
  // The library that reads text takes the bytes it is given for itself.
  const bytes = source.length <= MOST_BYTES ? source : null;
  let opened: Promise<PdfiumDocument | null> | undefined;
  return () => (opened ??= bytes ? openDocument(bytes) : Promise.resolve(null));
}

async function openDocument(bytes: Buffer): Promise<PdfiumDocument | null> {
  const pdfium = await openPdfium();
  const address = pdfium.pdfium.wasmExports.malloc(bytes.length);
  memoryOf(pdfium).set(bytes, address);
  const document = pdfium.FPDF_LoadMemDocument(address, bytes.length, '');
  return document === 0 ? null : { pdfium, document };
}
