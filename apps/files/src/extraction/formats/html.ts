import { Parser } from 'htmlparser2';
import type { Piece } from '../extraction.ts';
import type { Source } from '../source.ts';
import { HtmlTable } from './html-table.ts';
import { Nesting } from './nesting.ts';

const set = (names: string) => new Set(names.split(' '));
const SILENT = set('script style noscript template svg math object iframe canvas datalist audio video rt rp');
const PARAGRAPHS = set(
  'p div section article header footer main aside nav h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre figure form fieldset address title body hr details dialog center table',
);
const LINES = set('li dt dd br caption figcaption option optgroup legend summary tr select textarea button');
const TYPED = set('text search email tel url number date time month week datetime-local submit button reset');

/** The text a browser would show, its blocks on lines of their own. Scripts, styles and what is hidden are not text. */
export async function* readHtml(source: Source): AsyncGenerator<Piece> {
  const reader = new HtmlReader();
  for await (const part of source.text()) yield reader.add(part);
  yield reader.end();
}

export function htmlText(source: string): string {
  const reader = new HtmlReader();
  return reader.add(source) + reader.end();
}

const BOLD: ReadonlySet<string> = new Set(['b', 'strong']);

class HtmlReader {
  private readonly parser: Parser;
  private readonly nesting = new Nesting();
  private readonly tables: HtmlTable[] = [];
  private readonly lists: { ordered: boolean; next: number }[] = [];
  private readonly hiddenClasses = new Set<string>();
  private parts: string[] = [];
  private style: string[] | null = null;
  private hidden = 0;
  private preformatted = 0;
  private bold = 0;
  private endsLine = false;
  /** Bookmarks of a browser are about the addresses, which no other page shows. */
  private isBookmarks = false;
  private address = '';

  constructor() {
    this.parser = new Parser({
      onopentag: (name, attributes) => this.open(name, attributes),
      ontext: (text) => this.text(text),
      onclosetag: (name) => this.close(name),
      onprocessinginstruction: (_name, data) => (this.isBookmarks ||= /^!doctype netscape-bookmark/i.test(data)),
    });
  }

  add(part: string): string {
    this.parser.write(part);
    return this.take();
  }

  end(): string {
    this.parser.end();
    while (this.tables.length > 0) this.endTable();
    return this.take();
  }

  private take(): string {
    const text = this.parts.join('');
    this.parts = [];
    return text;
  }

  private open(name: string, attributes: Record<string, string>): void {
    this.nesting.open();
    if (name === 'style') this.style = [];
    if (this.hidden > 0 || this.isHidden(name, attributes)) {
      this.hidden += 1;
      return;
    }
    if (name === 'pre' || name === 'textarea') this.preformatted += 1;
    if (BOLD.has(name)) this.bold += 1;
    if (name === 'table') this.tables.push(new HtmlTable());
    const table = this.tables.at(-1);
    if (table?.open(name, attributes)) return;
    this.emit(borderOf(name));
    if (name === 'ul' || name === 'ol') this.lists.push({ ordered: name === 'ol', next: Number(attributes.start ?? 1) || 1 });
    if (name === 'li') this.emit(this.itemMark(attributes));
    if (this.isBookmarks && name === 'a') this.address = attributes.href ?? '';
    if (name === 'img' && attributes.alt) this.emit(` ${attributes.alt} `);
    if (name === 'input' && attributes.value && TYPED.has(attributes.type ?? 'text')) this.emit(` ${attributes.value} `);
  }

  private close(name: string): void {
    this.nesting.close();
    if (name === 'style') this.learnHidden();
    if (this.hidden > 0) {
      this.hidden -= 1;
      return;
    }
    if (name === 'pre' || name === 'textarea') this.preformatted = Math.max(0, this.preformatted - 1);
    if (BOLD.has(name)) this.bold = Math.max(0, this.bold - 1);
    if (name === 'ul' || name === 'ol') this.lists.pop();
    if (name === 'table') return this.endTable();
    const ready = this.tables.at(-1)?.close(name);
    if (ready !== undefined) return this.emitOutside(ready);
    if (name === 'a' && /^https?:/i.test(this.address)) this.emit(` (${this.address})`);
    if (name === 'a') this.address = '';
    if (name !== 'br') this.emit(borderOf(name));
  }

  private text(text: string): void {
    this.style?.push(text);
    if (this.hidden === 0) this.emit(this.preformatted > 0 ? text : text.replace(/[\t\n\f\r ]+/g, ' '));
  }

  private emit(text: string): void {
    if (text === '' || (text === '\n' && this.endsLine)) return;
    this.endsLine = text.endsWith('\n');
    const table = this.tables.at(-1);
    if (table) table.text(text, this.bold > 0);
    else this.parts.push(text);
  }

  /** Rows of a table in a cell are text of that cell; rows of any other go to the page as they come. */
  private emitOutside(text: string): void {
    const around = this.tables.at(-2);
    if (around) around.text(text);
    else this.parts.push(text);
  }

  private endTable(): void {
    const table = this.tables.at(-1);
    if (!table) return;
    this.emitOutside(`\n\n${table.end()}\n\n`);
    this.tables.pop();
  }

  private itemMark({ value }: Record<string, string>): string {
    const list = this.lists.at(-1);
    if (!list?.ordered) return '- ';
    if (value !== undefined && Number.isInteger(Number(value))) list.next = Number(value);
    list.next += 1;
    return `${list.next - 1}. `;
  }

  private isHidden(name: string, attributes: Record<string, string>): boolean {
    if (SILENT.has(name) || ('hidden' in attributes && attributes.hidden !== 'until-found')) return true;
    if (/(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(attributes.style ?? '')) return true;
    if (name === 'input' && attributes.type === 'hidden') return true;
    const classes = (attributes.class ?? '').split(/\s+/).map((one) => `.${one}`);
    return this.hiddenClasses.size > 0 && [...classes, `#${attributes.id ?? ''}`].some((one) => this.hiddenClasses.has(one));
  }

  /** Rules of the document's own style sheet that take single classes or ids from sight. */
  private learnHidden(): void {
    const css = (this.style ?? []).join('').slice(0, 100_000);
    this.style = null;
    for (const [, selectors, rules] of css.matchAll(/([^{}]{1,500})\{([^{}]*)\}/g)) {
      if (!/display\s*:\s*none/i.test(rules!)) continue;
      for (const selector of selectors!.split(',')) if (/^\s*[.#][\w-]+\s*$/.test(selector)) this.hiddenClasses.add(selector.trim());
    }
  }
}

function borderOf(name: string): string {
  if (PARAGRAPHS.has(name)) return '\n\n';
  return LINES.has(name) ? '\n' : '';
}
