import { Ocr } from './ocr.ts';
import { PdfPictures } from './pdf-pictures.ts';

/** A larger document is not opened by a second library. */
const MOST_BYTES = 60 * 1024 * 1024;

/** Reads pages that are pictures. Both libraries are loaded with the first such page. */
export class PdfScans {
  private readonly bytes: Buffer;
  private pictures: Promise<PdfPictures | null> | undefined;
  private ocr: Promise<Ocr> | undefined;

  constructor(bytes: Buffer) {
    // The library that reads text takes the bytes it is given for itself.
    this.bytes = bytes.length <= MOST_BYTES ? bytes : Buffer.alloc(0);
  }

  /** The text in the picture that a page is; empty when it is none, or has none. */
  async text(number: number): Promise<string> {
    if (this.bytes.length === 0) return '';
    const picture = (await (this.pictures ??= PdfPictures.open(this.bytes)))?.picture(number);
    return picture ? (await (this.ocr ??= Ocr.start())).read(picture) : '';
  }
}
