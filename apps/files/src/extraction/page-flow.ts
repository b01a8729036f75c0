import { paginate } from '../text/paginate.ts';
import { showIndents, tidyText } from '../text/tidy.ts';
import type { PageSink } from './extraction.ts';

/** Text is cut into pages once so much of it has come together. */
const FLUSH_CHARS = 64 * 1024;
/** Text without a single blank is cut here. */
const MOST_CHARS = 4 * FLUSH_CHARS;

/** Cuts text into pages of a readable size while it is being read. Each method is false once the sink has enough. */
export class PageFlow {
  private readonly sink: PageSink;
  private parts: string[] = [];
  private length = 0;
  private open = true;

  constructor(sink: PageSink) {
    this.sink = sink;
  }

  text(part: string): boolean {
    this.parts.push(part);
    this.length += part.length;
    return this.length < FLUSH_CHARS ? this.open : this.flush();
  }

  /** A page as it stands in the document, also when it is empty. */
  page(text: string): boolean {
    return this.newPage() && this.emit([tidyText(text)]);
  }

  /** What follows begins on a page of its own. */
  newPage(): boolean {
    const pages = paginate(tidyText(this.take()));
    return this.emit(pages);
  }

  private emit(pages: readonly string[]): boolean {
    this.open &&= pages.every((page) => this.sink.page(showIndents(page)));
    return this.open;
  }

  /** Emits every page that is complete; the last one may go on. */
  private flush(): boolean {
    const raw = this.take();
    const cut = cutPosition(raw);
    if (cut === 0) {
      this.parts.push(raw);
      this.length = raw.length;
      return this.open;
    }
    const pages = paginate(tidyText(raw.slice(0, cut)));
    const last = pages.pop() ?? '';
    this.parts.push(last, raw.slice(cut));
    this.length = last.length + raw.length - cut;
    return this.emit(pages);
  }

  private take(): string {
    const raw = this.parts.join('');
    this.parts = [];
    this.length = 0;
    return raw;
  }
}

/** Where text may be cut so that both halves can be tidied alone; 0 when more of it must come first. */
function cutPosition(raw: string): number {
  const border = Math.max(raw.lastIndexOf('\n'), 0) || Math.max(raw.lastIndexOf(' '), 0);
  if (border > 0 || raw.length < MOST_CHARS) return border;
  return /[\ud800-\udbff]/.test(raw.charAt(raw.length - 2)) ? raw.length - 2 : raw.length - 1;
}
