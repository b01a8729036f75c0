import { altText } from './alt-text.ts';
import type { XmlHandlers } from './office-xml.ts';
import { isOn, type WordStyles } from './word-styles.ts';
import type { NumberingOf, WordNumbering } from './word-numbering.ts';
import { symbolOf } from './word-symbols.ts';
import { WordTables } from './word-tables.ts';

type Paragraph = {
  parts: string[];
  /** What is written of its pictures. */
  pictures: string[];
  numbering: Partial<NumberingOf>;
  inProperties: boolean;
  hidden: boolean;
  /** The large first letter of the paragraph that follows. */ isInitial?: boolean;
};
/** A part of another format that stands in the text, by its relation. */
export type Chunk = { chunk: string };
/** Content that is not on the page: what was deleted or moved away, codes of fields, and copies for old programs. */
const SKIPPED = new Set([
  'w:del',
  'w:moveFrom',
  'w:instrText',
  'w:delText',
  'mc:Fallback',
  'w:rt',
  'w:fldData',
  'w:binData',
  'w:footnotePr',
]);
/** Separators between the text and its notes. */
const isSeparator = (name: string, attributes: Record<string, string>) =>
  (name === 'w:footnote' || name === 'w:endnote') && /eparator|continuationNotice/.test(attributes['w:type'] ?? '');

/** Reads the body of a Word document, or of a part with the same marks, as a stream of tags. */
export class WordBody implements XmlHandlers {
  private readonly numbering: WordNumbering;
  private readonly styles: WordStyles;
  private readonly paragraphs: Paragraph[] = [];
  private readonly marks: number[] = [];
  private readonly out: (string | Chunk)[] = [];
  private readonly tables = new WordTables((text) => this.out.push(text));
  private skipped = 0;
  private inText = false;
  private inRunProperties = false;
  private hiddenRun = false;
  private boldRun = false;

  constructor(numbering: WordNumbering, styles: WordStyles) {
    this.numbering = numbering;
    this.styles = styles;
  }

  /** What was read since the last call, with parts of other formats in their places. */
  takeAll(): (string | Chunk)[] {
    return this.out.splice(0);
  }

  take(): string {
    return this.takeAll()
      .filter((piece) => typeof piece === 'string')
      .join('');
  }

  open(name: string, attributes: Record<string, string>): void {
    if (this.skipped > 0 || SKIPPED.has(name) || isSeparator(name, attributes)) {
      // An empty mark of a deletion in the properties of a paragraph says nothing of its words.
      this.skipped += 1;
      return;
    }
    const paragraph = this.paragraphs.at(-1);
    const value = attributes['w:val'] ?? '';
    if (paragraph?.inProperties) this.property(paragraph, name, value);
    switch (name) {
      case 'w:p':
        this.paragraphs.push({ parts: [], pictures: [], numbering: {}, inProperties: false, hidden: false });
        break;
      case 'w:pPr':
        if (paragraph) paragraph.inProperties = true;
        break;
      case 'w:framePr':
        if (paragraph) paragraph.isInitial = /^(?:drop|margin)$/.test(attributes['w:dropCap'] ?? '');
        break;
      case 'w:r':
        this.hiddenRun = false;
        this.boldRun = false;
        break;
      case 'w:rPr':
        this.inRunProperties = true;
        break;
      case 'w:vanish':
        if (this.inRunProperties && !paragraph?.inProperties) this.hiddenRun = isOn(attributes);
        break;
      case 'w:b':
        if (this.inRunProperties && !paragraph?.inProperties) this.boldRun = isOn(attributes);
        break;
      case 'w:rStyle':
        if (this.styles.isHidden(value)) this.hiddenRun = true;
        break;
      case 'w:t':
      case 'm:t':
        this.inText = true;
        break;
      case 'w:tab':
      case 'w:ptab':
        if (!paragraph?.inProperties) this.say('\t');
        break;
      case 'w:br':
      case 'w:cr':
        this.say('\n');
        break;
      case 'w:noBreakHyphen':
        this.say('-');
        break;
      case 'w:sym':
        this.say(symbolOf(attributes['w:font'] ?? '', attributes['w:char'] ?? ''));
        break;
      case 'w:altChunk':
        this.out.push({ chunk: attributes['r:id'] ?? '' });
        break;
      default:
        if (/(?:^|:)docPr$/.test(name)) this.sayOfPicture(altText(attributes.descr));
        this.tables.open(name, attributes);
        this.openFormula(name, attributes);
    }
  }

  text(text: string): void {
    if (this.inText && this.skipped === 0) this.say(text);
  }

  close(name: string): void {
    if (this.skipped > 0) {
      this.skipped -= 1;
      return;
    }
    if (name === 'w:t' || name === 'm:t') this.inText = false;
    else if (name === 'w:rPr') this.inRunProperties = false;
    else if (name === 'w:r') this.hiddenRun = false;
    else if (name === 'w:pPr') this.endProperties();
    else if (name === 'w:p') this.endParagraph();
    else if (name === 'm:num' || name === 'm:den' || name === 'm:e') this.closeFormula(name);
    else this.tables.close(name);
  }

  /** In a damaged document they may be of no paragraph. */
  private endProperties(): void {
    const paragraph = this.paragraphs.at(-1);
    if (paragraph) paragraph.inProperties = false;
  }

  private say(text: string): void {
    const paragraph = this.paragraphs.at(-1);
    if (this.hiddenRun || paragraph?.hidden) return;
    if (!this.boldRun && text.trim() !== '') this.tables.notBold();
    if (paragraph) paragraph.parts.push(text);
    else this.tables.put(text);
  }

  /** A picture in the middle of a sentence does not break it. */
  private sayOfPicture(text: string): void {
    this.paragraphs.at(-1)?.pictures.push(...(text === '' ? [] : [text]));
  }

  private property(paragraph: Paragraph, name: string, value: string): void {
    if (name === 'w:pStyle') {
      paragraph.numbering = { ...this.styles.numbering(value), ...paragraph.numbering };
      paragraph.hidden = this.styles.isHidden(value);
    } else if (name === 'w:numId') paragraph.numbering.list = value;
    else if (name === 'w:ilvl') paragraph.numbering.level = Number(value) || 0;
  }

  private endParagraph(): void {
    const paragraph = this.paragraphs.pop();
    if (!paragraph) return;
    const text = paragraph.parts.join('');
    const { list, level = 0 } = paragraph.numbering;
    const label = list !== undefined && list !== '0' && text.trim() !== '' ? this.numbering.next({ list, level }) : '';
    // A text box stands in the middle of a paragraph, and is read after it.
    if (paragraph.isInitial) this.tables.put(text);
    else this.tables.put(this.paragraphs.length > 0 ? `\n${text}\n` : `${label}${text}\n\n`);
    for (const words of paragraph.pictures) this.tables.put(`${words}\n\n`);
  }

  private openFormula(name: string, attributes: Record<string, string>): void {
    if (name === 'm:num' || name === 'm:den') this.marks.push(this.paragraphs.at(-1)?.parts.length ?? 0);
    else if (name === 'm:e') this.marks.push(-1);
    else if (name === 'm:sup') this.say('^');
    else if (name === 'm:sub') this.say('_');
    else if (name === 'm:rad') this.say('√');
    else if (name === 'm:chr') this.say(attributes['m:val'] ?? '');
    else if (name === 'm:begChr') this.say(attributes['m:val'] ?? '');
  }

  /** A fraction on one line: with brackets where it needs them. */
  private closeFormula(name: string): void {
    const from = this.marks.pop();
    const parts = this.paragraphs.at(-1)?.parts;
    if (from === undefined || from < 0 || !parts) return;
    const text = parts.splice(from).join('');
    parts.push(/^[\p{L}\p{N}.,]+$/u.test(text) ? text : `(${text})`, name === 'm:num' ? '/' : '');
  }
}
