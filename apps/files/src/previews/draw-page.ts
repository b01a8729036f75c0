import { openPdfium, memoryOf } from '../extraction/formats/pdfium.ts';

const WHITE = 0xffffffff;
/** Pixels in the order red, green, blue; and with what is written on top of the page, its notes and filled forms. */
const REVERSED_BYTES_AND_NOTES = 0x10 | 0x01;

/** The first page of a PDF, so large that its longer side has so many pixels. */
export async function drawPage(bytes: Buffer, pixels: number): Promise<{ width: number; height: number; rgba: Buffer }> {
  const pdfium = await openPdfium();
  const address = pdfium.pdfium.wasmExports.malloc(bytes.length);
  memoryOf(pdfium).set(bytes, address);
  const document = pdfium.FPDF_LoadMemDocument(address, bytes.length, '');
  if (document === 0) throw new Error('the document cannot be opened');
  const page = pdfium.FPDF_LoadPage(document, 0);
  if (page === 0) throw new Error('the document has no page that can be drawn');
  const [wide, high] = [pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)];
  const scale = pixels / Math.max(1, wide, high);
  const [width, height] = [Math.max(1, Math.round(wide * scale)), Math.max(1, Math.round(high * scale))];
  const bitmap = pdfium.FPDFBitmap_Create(width, height, 0);
  pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
  pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, REVERSED_BYTES_AND_NOTES);
  const from = pdfium.FPDFBitmap_GetBuffer(bitmap);
  const rgba = Buffer.from(memoryOf(pdfium).slice(from, from + width * height * 4));
  // Without a ground of its own, the fourth byte of a pixel says nothing.
  for (let i = 3; i < rgba.length; i += 4) rgba[i] = 255;
  return { width, height, rgba };
}
