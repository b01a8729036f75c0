import { writeTable } from '../table.ts';
import { altText } from './alt-text.ts';
import { readXmlPart, type XmlHandlers } from './office-xml.ts';
import type { ZipArchive } from './zip.ts';

/** What a slide says. */
export type SlideText = {
  text: string;
  /** What many slides have in common: footers, dates, and words for a picture such as a logo. */
  common: string[];
  /** Texts of shapes that are no places to be filled in: of a layout, what it shows on each of its slides. */
  fixed: string[];
  showsLayout: boolean;
};

/** Places of the layout that are filled the same on every slide. */
const COMMON_PLACES: ReadonlySet<string> = new Set(['sldNum', 'hdr', 'dt', 'ftr']);

type Shape = { parts: string[]; rank: number; place: string | null };

const isShape = (name: string): boolean => name === 'p:sp' || name === 'p:graphicFrame' || name === 'p:pic';
const isTitle = (place: string): boolean => /itle$/.test(place) && !place.startsWith('sub');

/** Reads the shapes of a slide as they were laid down, its title first. */
export async function slideText(archive: ZipArchive, part: string): Promise<SlideText> {
  const shapes = new SlideShapes();
  await readXmlPart(archive.text(part), shapes);
  return shapes.result();
}

class SlideShapes implements XmlHandlers {
  private readonly shapes: Shape[] = [{ parts: [], rank: 1, place: '' }];
  private readonly opened: Shape[] = [];
  private readonly ofPictures: string[] = [];
  private rows: string[][] | null = null;
  private cell: string[] | null = null;
  private inText = false;
  private inNumber = false;
  private fallback = 0;
  private showsLayout = true;

  open(name: string, attributes: Record<string, string>): void {
    if (name === 'mc:Fallback') this.fallback += 1;
    if (this.fallback > 0) return;
    if (isShape(name)) this.begin();
    else if (name === 'p:cNvPr') this.ofPictures.push(altText(attributes.descr));
    else if (name === 'p:ph') this.place(attributes.type ?? 'obj');
    // The number of a slide is that of its page.
    else if (name === 'a:fld') this.inNumber = attributes.type === 'slidenum' && this.opened.at(-1)?.place === 'sldNum';
    else if (name === 'a:tbl') this.rows = [];
    else if (name === 'a:tr') this.rows?.push([]);
    else if (name === 'a:tc') this.cell = [];
    else if (name === 'a:br') this.say('\n');
    else if (/^p:sld(?:Layout)?$/.test(name)) this.showsLayout = !/^(?:0|false)$/.test(attributes.showMasterSp ?? '');
    this.inText = name === 'a:t' || name === 'p:text' || name === 'm:t';
  }

  text(text: string): void {
    if (this.inText && this.fallback === 0 && !this.inNumber) this.say(text);
  }

  close(name: string): void {
    if (name === 'mc:Fallback') this.fallback -= 1;
    if (this.fallback > 0) return;
    this.inText = false;
    if (name === 'a:fld') this.inNumber = false;
    else if (name === 'a:p' || name === 'p:text') this.say('\n');
    else if (name === 'a:tc' && this.cell) {
      this.rows?.at(-1)?.push(this.cell.join(''));
      this.cell = null;
    } else if (name === 'a:tbl' && this.rows) {
      this.say(`\n\n${writeTable(this.rows)}\n`);
      this.rows = null;
    } else if (isShape(name)) this.opened.pop();
  }

  result(): SlideText {
    const told = this.shapes.map((shape) => ({ ...shape, text: shape.parts.join('').trim() })).filter(({ text }) => text !== '');
    const isCommon = ({ place }: Shape) => place !== null && COMMON_PLACES.has(place);
    return {
      text: told
        .filter((shape) => !isCommon(shape) && shape.place !== 'sldImg')
        .toSorted((a, b) => a.rank - b.rank)
        .map(({ text }) => text)
        .join('\n\n'),
      common: [...told.filter(isCommon).map(({ text }) => text), ...this.ofPictures].filter((text) => /[\p{L}\p{N}]/u.test(text)),
      fixed: told.filter(({ place }) => place === null).map(({ text }) => text),
      showsLayout: this.showsLayout,
    };
  }

  private begin(): void {
    const shape: Shape = { parts: [], rank: 1, place: null };
    this.shapes.push(shape);
    this.opened.push(shape);
  }

  private place(place: string): void {
    const shape = this.opened.at(-1);
    if (shape) Object.assign(shape, { place, rank: isTitle(place) ? 0 : 1 });
  }

  private say(text: string): void {
    (this.cell ?? (this.opened.at(-1) ?? this.shapes[0]!).parts).push(text);
  }
}
