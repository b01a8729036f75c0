import { Readable } from 'node:stream';
import { Tokenize, type Token } from 'rtf-stream-parser/dist/src/tokenize.js';
import { decodeBytes } from '../../text/charsets.ts';
import { BeyondLimits, type Piece } from '../extraction.ts';
import type { Source } from '../source.ts';
import { FONT_CHARSETS } from './font-charsets.ts';
import { RtfTable } from './rtf-table.ts';
import { APART, CHARACTERS, READ, SKIPPED, codePage } from './rtf-words.ts';

const MOST_GROUPS = 2000;

type Group = {
  skipped: boolean;
  hidden: boolean;
  charset: string | null;
  unicodeSkip: number;
  fontTable: boolean;
  /** What is written behind it. */ end?: string;
};

/** Rich text: what is on the page, in whatever character sets its fonts have, tables row by row. */
export async function* readRtf(source: Source): AsyncGenerator<Piece> {
  const text = new RtfText();
  const tokens = Readable.from(source.chunks()).pipe(new Tokenize());
  for await (const token of tokens as AsyncIterable<Token>) {
    text.take(token);
    // Whatever hangs on behind its end is no part of it.
    if (text.isOver) break;
    if (text.isLong) yield text.flush();
  }
  text.endTable();
  yield text.flush();
  if (text.isCut) yield { missing: 'The document ends in the middle: it could be read up to there only.' };
}

class RtfText {
  private readonly groups: Group[] = [{ skipped: false, hidden: false, charset: null, unicodeSkip: 1, fontTable: false }];
  private readonly fonts = new Map<number, string>();
  private ansi = 'windows-1252';
  private font = 0;
  private out: string[] = [];
  private length = 0;
  private bytes: Buffer[] = [];
  private skipCharacters = 0;
  isOver = false;
  private beginsGroup = false;
  private opensNote = false;
  private isIgnorable = false;
  private readonly table = new RtfTable();

  get isLong(): boolean {
    return this.length > 64 * 1024;
  }

  flush(): string {
    this.decode();
    const text = this.out.join('');
    this.out = [];
    this.length = 0;
    return text;
  }

  take(token: Token): void {
    const { word = '', param } = token;
    const first = this.beginsGroup;
    this.beginsGroup = false;
    if (token.type === GROUP_START) {
      this.decode();
      if (this.groups.length > MOST_GROUPS)
        throw new BeyondLimits('The file nests its parts deeper than any document does, and was refused.');
      this.groups.push({ ...this.group, end: '' });
      this.beginsGroup = true;
      this.isIgnorable = false;
    } else if (token.type === GROUP_END) {
      this.decode();
      if (this.groups.length > 1) this.endGroup();
      this.isOver = this.groups.length === 1;
    } else if (token.type === TEXT) this.add(token.data!);
    else if (word === "'") this.add(token.data!);
    else if (word === '*' && first) {
      this.isIgnorable = true;
      this.beginsGroup = true;
    } else {
      this.decode();
      this.control(word, param, first);
    }
  }

  endTable(): void {
    this.decode();
    this.out.push(...this.table.take());
  }

  /** Whether the text ends in the middle: groups are open that were never closed. */
  get isCut(): boolean {
    return this.groups.length > 1;
  }

  private get group(): Group {
    return this.groups.at(-1)!;
  }

  private control(word: string, param: number | undefined, first: boolean): void {
    const { group } = this;
    if (first && (SKIPPED.has(word) || (this.isIgnorable && !READ.has(word)))) group.skipped = true;
    if (first && !group.skipped && (APART.has(word) || word === 'footnote')) this.beginApart(word === 'footnote');
    if (word === 'fonttbl') Object.assign(group, { skipped: true, fontTable: true });
    if (group.fontTable) this.learnFont(word, param);
    if (word === 'u' && param !== undefined) {
      this.say(String.fromCharCode(param < 0 ? param + 0x10000 : param));
      this.skipCharacters = group.unicodeSkip;
      return;
    }
    if (CHARACTERS[word] !== undefined) {
      if (/^(?:par|sect|page)$/.test(word)) this.endParagraph();
      else this.say(CHARACTERS[word]);
      return;
    }
    this.property(word, param);
  }

  /** A note is read where its mark stands. */
  private beginApart(isNote: boolean): void {
    this.say(isNote ? ' (' : '\n\n');
    this.opensNote = isNote;
    this.group.end = isNote ? ') ' : '\n\n';
  }

  private endGroup(): void {
    const { end = '' } = this.group;
    if (end !== '') this.say(end);
    this.groups.pop();
  }

  private property(word: string, param: number | undefined): void {
    const { group } = this;
    if (word === 'ansicpg' && param) this.ansi = codePage(param);
    else if (word === 'mac') this.ansi = 'macintosh';
    else if (word === 'pc') this.ansi = 'cp437';
    else if (word === 'pca') this.ansi = 'cp850';
    else if (word === 'deff' || word === 'f') this.useFont(param ?? 0);
    else if (word === 'uc') group.unicodeSkip = Math.min(16, param ?? 1);
    else if (word === 'v' || word === 'deleted') group.hidden = param !== 0;
    else if (word === 'plain') Object.assign(group, { hidden: false });
    else if (word === 'intbl') this.table.isOpen = true;
    else if (word === 'trowd') this.table.beginRow();
    else if (word === 'pard') this.table.beginParagraphs();
    else if (word === 'cell' || word === 'nestcell') this.table.endCell();
    else if (word === 'row' || word === 'nestrow') this.table.endRow();
    else if (word === '\\' || word === '{' || word === '}') this.say(word);
  }

  private learnFont(word: string, param: number | undefined): void {
    if (word === 'f') this.font = param ?? 0;
    const charset = word === 'fcharset' ? FONT_CHARSETS[param ?? 0] : word === 'cpg' ? codePage(param ?? 1252) : undefined;
    if (charset && !(word === 'fcharset' && param === 0)) this.fonts.set(this.font, charset);
  }

  private useFont(font: number): void {
    if (!this.group.fontTable) this.group.charset = this.fonts.get(font) ?? null;
  }

  /** Bytes wait until all of a character is there: two of them may come in different tokens. */
  private add(data: Buffer): void {
    let bytes = data;
    if (this.skipCharacters > 0) {
      const skipped = Math.min(this.skipCharacters, bytes.length);
      this.skipCharacters -= skipped;
      bytes = bytes.subarray(skipped);
    }
    // Line ends of the file mean nothing.
    if (bytes.length > 0 && !this.group.skipped && !this.group.hidden) this.bytes.push(bytes);
  }

  private decode(): void {
    if (this.bytes.length === 0) return;
    const text = decodeBytes(Buffer.concat(this.bytes), this.group.charset ?? this.ansi);
    this.bytes = [];
    this.say(text.replace(/[\r\n]+/g, ''));
  }

  private say(said: string): void {
    if (this.group.skipped || this.group.hidden) return;
    const text = this.opensNote ? said.trimStart() : said;
    if (text !== '') this.opensNote = false;
    if (!this.table.isOpen && this.table.hasRows && text.trim() !== '') this.endTable();
    if (this.table.isOpen) this.table.add(text);
    else this.out.push(text);
    this.length += text.length;
  }

  private endParagraph(): void {
    if (this.group.skipped) return;
    if (this.table.isOpen) this.table.add('\n\n');
    else this.out.push('\n\n');
  }
}

const [GROUP_START, GROUP_END, TEXT] = [0, 1, 3] as const;
