import type { WrappedPdfiumModule } from '@embedpdf/pdfium';
import { memoryOf, type PdfiumDocument } from './pdfium.ts';

/** Dots to the inch at which letters are recognised well. */
const RESOLUTION = 200;
const POINTS_PER_INCH = 72;
/** More dots than this, and memory runs out before letters get clearer. */
const MOST_DOTS = 12_000_000;
const IMAGE_OBJECT = 3;
const MOST_OBJECTS = 2000;
const WHITE = 0xffffffff;

/** Pictures of the pages of a PDF, for pages that are a picture themselves. */
export class PdfPictures {
  private readonly pdfium: WrappedPdfiumModule;
  private readonly document: number;

  constructor({ pdfium, document }: PdfiumDocument) {
    this.pdfium = pdfium;
    this.document = document;
  }

  /** A page in shades of grey, as a picture file; null when nothing but text and lines is on it. */
  picture(number: number): Buffer | null {
    return this.onPage(number, (page) => (this.hasImage(page) ? this.draw(page) : null));
  }

  /** Whether there is a picture on a page. */
  isOn(number: number): boolean {
    return this.onPage(number, (page) => this.hasImage(page)) === true;
  }

  private onPage<T>(number: number, look: (page: number) => T): T | null {
    const page = this.pdfium.FPDF_LoadPage(this.document, number - 1);
    if (page === 0) return null;
    try {
      return look(page);
    } finally {
      this.pdfium.FPDF_ClosePage(page);
    }
  }

  private hasImage(page: number): boolean {
    const { pdfium } = this;
    const objects = Math.min(MOST_OBJECTS, pdfium.FPDFPage_CountObjects(page));
    return Array.from({ length: objects }, (_, i) => i).some((i) => {
      const object = pdfium.FPDFPage_GetObject(page, i);
      const type = pdfium.FPDFPageObj_GetType(object);
      // A form may hold the picture.
      return type === IMAGE_OBJECT || type === 5;
    });
  }

  private draw(page: number): Buffer {
    const { pdfium } = this;
    const [points, high] = [pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)];
    const scale = Math.min(RESOLUTION / POINTS_PER_INCH, Math.sqrt(MOST_DOTS / Math.max(1, points * high)));
    const [width, height] = [Math.max(1, Math.round(points * scale)), Math.max(1, Math.round(high * scale))];
    const bitmap = pdfium.FPDFBitmap_Create(width, height, 0);
    try {
      pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
      pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, 0);
      const from = pdfium.FPDFBitmap_GetBuffer(bitmap);
      return grey(memoryOf(pdfium).subarray(from, from + width * height * 4), width, height);
    } finally {
      pdfium.FPDFBitmap_Destroy(bitmap);
    }
  }
}

/** A portable greymap. */
function grey(pixels: Uint8Array, width: number, height: number): Buffer {
  const head = Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1');
  const picture = Buffer.alloc(head.length + width * height);
  head.copy(picture);
  for (let i = 0; i < width * height; i += 1) {
    picture[head.length + i] = (pixels[i * 4]! * 29 + pixels[i * 4 + 1]! * 150 + pixels[i * 4 + 2]! * 77) >> 8;
  }
  return picture;
}
