import { Ocr } from './ocr.ts';
import { PdfPictures } from './pdf-pictures.ts';
import type { PdfiumDocument } from './pdfium.ts';

/** Reads pages that are pictures. The libraries are loaded with the first such page. */
export class PdfScans {
  private readonly opened: () => Promise<PdfiumDocument | null>;
  private ocr: Promise<Ocr> | undefined;

  constructor(opened: () => Promise<PdfiumDocument | null>) {
    this.opened = opened;
  }

  /** The text in the picture that a page is; empty when it is none, or has none. */
  async text(number: number): Promise<string> {
    const document = await this.opened();
    const picture = document && new PdfPictures(document).picture(number);
    return picture ? (await (this.ocr ??= Ocr.start())).read(picture) : '';
  }
}
