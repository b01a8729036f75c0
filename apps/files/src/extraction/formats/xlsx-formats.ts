import { createRequire } from 'node:module';
import { readXmlPart } from './office-xml.ts';
import type { ZipArchive } from './zip.ts';

type Ssf = { format(format: string | number, value: number, options?: { date1904?: boolean }): string };

/** How the cells of a workbook show their numbers. */
export class XlsxFormats {
  /** For each style of a cell, the number of its format. */
  private readonly ofStyle: number[] = [];
  private readonly own = new Map<number, string>();
  private readonly date1904: boolean;
  private readonly ssf: Ssf;

  private constructor(date1904: boolean) {
    this.date1904 = date1904;
    this.ssf = (createRequire(import.meta.url)('@e965/xlsx') as { SSF: Ssf }).SSF;
  }

  static async read(archive: ZipArchive, { part, date1904 }: { part: string | undefined; date1904: boolean }): Promise<XlsxFormats> {
    const formats = new XlsxFormats(date1904);
    if (!part) return formats;
    let inCells = false;
    await readXmlPart(archive.text(part), {
      open(tag, attributes) {
        const name = tag.replace(/^.*:/, '');
        if (name === 'cellXfs') inCells = true;
        else if (name === 'numFmt') formats.own.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
        else if (name === 'xf' && inCells) formats.ofStyle.push(Number(attributes.numFmtId ?? 0));
      },
      close(tag) {
        if (/(?:^|:)cellXfs$/.test(tag)) inCells = false;
      },
    });
    return formats;
  }

  /** A number as its cell shows it; without a format of its own, as it was written. */
  shown(written: string, style: number): string {
    const id = this.ofStyle[style] ?? 0;
    const format = this.own.get(id) ?? id;
    const value = Number(written);
    if (format === 0 || format === 'General' || !Number.isFinite(value)) return plainNumber(written, value);
    try {
      return this.ssf.format(format, value, { date1904: this.date1904 }).trim() || written;
    } catch {
      return written;
    }
  }
}

/** Programs write binary fractions in full: 0.1 becomes 0.10000000000000001. */
function plainNumber(written: string, value: number): string {
  return /^-?\d+$/.test(written) || !Number.isFinite(value) ? written : String(Number(value.toPrecision(15)));
}
