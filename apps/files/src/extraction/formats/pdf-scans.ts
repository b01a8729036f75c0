import { Ocr } from './ocr.ts';
import { PdfPictures } from './pdf-pictures.ts';
import type { PdfiumDocument } from './pdfium.ts';

/** Of processor time: pages of text are recognised in a second or two, and those after so many photographs hardly have any. */
const MOST_FRUITLESS_SECONDS = 15;

/** Reads pages that are pictures. The libraries are loaded with the first such page. */
export class PdfScans {
  private readonly opened: () => Promise<PdfiumDocument | null>;
  private readonly mostSeconds: number;
  private ocr: Promise<Ocr> | undefined;
  /** Processor time spent on pictures since one had text. */
  private fruitless = 0;

  constructor(opened: () => Promise<PdfiumDocument | null>, mostSeconds = MOST_FRUITLESS_SECONDS) {
    this.opened = opened;
    this.mostSeconds = mostSeconds;
  }

  /**
   * The text in the picture that a page is; empty when it is none, or has none. Null when it was not looked at any more,
   * because pictures without text had taken too long.
   */
  async text(number: number): Promise<string | null> {
    const document = await this.opened();
    if (!document) return '';
    const pictures = new PdfPictures(document);
    if (this.fruitless >= this.mostSeconds) return pictures.isOn(number) ? null : '';
    const before = process.cpuUsage();
    const picture = pictures.picture(number);
    const text = picture ? (await (this.ocr ??= Ocr.start())).read(picture) : '';
    const { user, system } = process.cpuUsage(before);
    this.fruitless = text === '' ? this.fruitless + (user + system) / 1e6 : 0;
    return text;
  }
}
