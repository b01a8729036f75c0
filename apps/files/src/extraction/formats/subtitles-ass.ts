/** Subtitles of (Advanced) SubStation Alpha: the lines that are shown, each with its time and who says it. */
export class AssLines {
  private columns = ['layer', 'start', 'end', 'style', 'name', 'marginl', 'marginr', 'marginv', 'effect', 'text'];
  private isOfEvents = false;

  /** What of a line people read; empty where it says how things look. */
  add(line: string): string {
    const section = /^\s*\[(.*)\]\s*$/.exec(line)?.[1];
    if (section !== undefined) this.isOfEvents = /^events$/i.test(section);
    const [, key = '', value = ''] = /^\s*([\w ]+):\s?(.*)$/.exec(line) ?? [];
    if (/^title$/i.test(key)) return `${value.trim()}\n\n`;
    if (!this.isOfEvents) return '';
    if (/^format$/i.test(key)) this.columns = value.split(',').map((column) => column.trim().toLowerCase());
    return /^dialogue$/i.test(key) ? this.told(value) : '';
  }

  /** Only the last value may have commas. */
  private told(value: string): string {
    const parts = value.split(',');
    const last = this.columns.length - 1;
    const values = [...parts.slice(0, last), parts.slice(last).join(',')];
    const of = (column: string) => values[this.columns.indexOf(column)]?.trim() ?? '';
    const text = shown(of('text'));
    const name = of('name') || of('actor');
    return text === '' ? '' : `[${of('start').replace(/\.\d+$/, '')}] ${name === '' ? '' : `${name}: `}${text}\n\n`;
  }
}

/** Without what says how it looks, and without drawings. */
const shown = (text: string) =>
  text
    .replace(/\{[^{}]*\\p[1-9][^{}]*\}.*?(?:\{[^{}]*\\p0[^{}]*\}|$)/g, '')
    .replace(/\{[^{}]*\}/g, '')
    .replace(/\\[Nnh]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
