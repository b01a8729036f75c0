import { inFormat } from './list-numbers.ts';

/** How a level of a list shows its numbers; one without a format has bullets, or nothing. */
type Level = { format: string; before: string; behind: string; start: number; shownLevels: number };
type OpenList = { style: string; counts: number[] };

const FORMATS: Record<string, string> = { '1': 'decimal', i: 'lowerRoman', I: 'upperRoman', a: 'lowerLetter', A: 'upperLetter' };
const OUTLINE = 'outline';
const MOST_LEVELS = 10;

/** The numbers an OpenDocument text shows before items of lists and headings, which stand nowhere in its text. */
export class OdfNumbering {
  private readonly styles = new Map<string, Map<number, Level>>();
  /** Counts of a list that may be continued further down. */
  private readonly counts = new Map<string, number[]>();
  private style: Map<number, Level> | null = null;
  private lists: OpenList[] = [];

  /** Learns from the styles, and follows where lists begin. */
  open(name: string, attributes: Record<string, string>): void {
    if (name === 'text:list-style' || name === 'text:outline-style') {
      this.style = new Map();
      this.styles.set(name === 'text:outline-style' ? OUTLINE : (attributes['style:name'] ?? ''), this.style);
    } else if (name === 'text:list-level-style-number' || name === 'text:outline-level-style') this.learn(attributes);
    else if (name === 'text:list') this.openList(attributes);
    else if (name === 'text:list-item' && attributes['text:start-value'] !== undefined) {
      const counts = this.lists.at(-1)?.counts;
      if (counts) counts[this.lists.length - 1] = (Number(attributes['text:start-value']) || 1) - 1;
    }
  }

  close(name: string): void {
    if (name === 'text:list') this.lists.pop();
  }

  /** Counts an item of the innermost list and returns what is shown before it. */
  item(): string {
    const list = this.lists.at(-1);
    if (!list) return '';
    return this.next(this.styles.get(list.style), list.counts, this.lists.length) ?? '- ';
  }

  heading(level: number): string {
    const counts = this.counts.get(OUTLINE) ?? [];
    this.counts.set(OUTLINE, counts);
    return this.next(this.styles.get(OUTLINE), counts, level) ?? '';
  }

  private next(levels: Map<number, Level> | undefined, counts: number[], level: number): string | null {
    const own = levels?.get(level);
    if (!levels || !own) return null;
    for (let above = 1; above < level; above += 1) counts[above - 1] ??= levels.get(above)?.start ?? 1;
    counts[level - 1] = (counts[level - 1] ?? own.start - 1) + 1;
    counts.length = level;
    if (own.format === '') return null;
    const first = Math.max(1, level - own.shownLevels + 1);
    const numbers = counts.slice(first - 1).flatMap((count, i) => {
      const format = levels.get(first + i)?.format ?? '';
      return format === '' ? [] : [inFormat(count, FORMATS[format] ?? 'decimal')];
    });
    return `${own.before}${numbers.join('.')}${own.behind}`.trim() + ' ';
  }

  private learn(attributes: Record<string, string>): void {
    this.style?.set(Number(attributes['text:level'] ?? 1), {
      format: attributes['style:num-format'] ?? '',
      before: attributes['style:num-prefix'] ?? '',
      behind: attributes['style:num-suffix'] ?? '',
      start: Number(attributes['text:start-value'] ?? 1) || 0,
      shownLevels: Number(attributes['text:display-levels'] ?? 1) || 1,
    });
  }

  private openList(attributes: Record<string, string>): void {
    const around = this.lists.at(-1);
    const style = attributes['text:style-name'] ?? around?.style ?? '';
    const goesOn = attributes['text:continue-numbering'] === 'true' || attributes['text:continue-list'] !== undefined;
    // A list within a list counts on below the item that it stands in.
    const counts = around?.counts ?? (goesOn ? this.counts.get(style) : undefined) ?? [];
    if (!around) this.counts.set(style, counts);
    if (this.lists.length < MOST_LEVELS) this.lists.push({ style, counts });
    else this.lists.push({ style: '', counts: [] });
  }
}
