import { inFormat } from './list-numbers.ts';
import { readXmlPart } from './office-xml.ts';
import type { ZipArchive } from './zip.ts';

export type Level = { start: number; format: string; text: string; legal: boolean };
export type NumberedList = { abstract: string; starts: Map<number, number> };
export type NumberingOf = { list: string; level: number };

/** The numbers a Word document shows before its paragraphs, which stand nowhere in its text. */
export class WordNumbering {
  private readonly levels: Map<string, Map<number, Level>>;
  private readonly lists: Map<string, NumberedList>;
  private readonly counters = new Map<string, number[]>();

  constructor(levels = new Map<string, Map<number, Level>>(), lists = new Map<string, NumberedList>()) {
    this.levels = levels;
    this.lists = lists;
  }

  static async read(archive: ZipArchive, part: string | undefined): Promise<WordNumbering> {
    const numbering = new WordNumbering();
    if (part) await numbering.load(archive, part);
    return numbering;
  }

  /** Counts the paragraph and returns what is shown before it, `- ` for a bullet. */
  next({ list, level }: NumberingOf): string {
    const found = this.lists.get(list);
    const levels = found && this.levels.get(found.abstract);
    const own = levels?.get(level);
    if (!found || !levels || !own) return '';
    const key = found.starts.size > 0 ? `list ${list}` : found.abstract;
    const counts = this.counters.get(key) ?? [];
    this.counters.set(key, counts);
    for (let above = 0; above < level; above += 1) counts[above] ??= found.starts.get(above) ?? levels.get(above)?.start ?? 1;
    counts[level] = counts[level] === undefined ? (found.starts.get(level) ?? own.start) : counts[level] + 1;
    counts.length = level + 1;
    if (own.format === 'bullet') return '- ';
    if (own.format === 'none') return '';
    const shown = own.text.replace(/%(\d)/g, (_, digit: string) => {
      const at = Number(digit) - 1;
      return inFormat(counts[at] ?? 1, own.legal && at !== level ? 'decimal' : (levels.get(at)?.format ?? 'decimal'));
    });
    return shown.trim() === '' ? '' : `${shown.trim()} `;
  }

  private async load(archive: ZipArchive, part: string): Promise<void> {
    let abstract = '';
    let list = '';
    let level: Level | null = null;
    let overridden = 0;
    await readXmlPart(archive.text(part), {
      open: (name, attributes) => {
        const value = attributes['w:val'] ?? '';
        if (name === 'w:abstractNum') {
          abstract = attributes['w:abstractNumId'] ?? '';
          this.levels.set(abstract, new Map());
        } else if (name === 'w:num') {
          list = attributes['w:numId'] ?? '';
          this.lists.set(list, { abstract: '', starts: new Map() });
        } else if (name === 'w:abstractNumId') this.lists.set(list, { abstract: value, starts: this.lists.get(list)?.starts ?? new Map() });
        else if (name === 'w:lvlOverride') overridden = Number(attributes['w:ilvl'] ?? 0);
        else if (name === 'w:startOverride') this.lists.get(list)?.starts.set(overridden, Number(value) || 0);
        else if (name === 'w:lvl' && list === '') {
          level = { start: 1, format: 'decimal', text: '', legal: false };
          this.levels.get(abstract)?.set(Number(attributes['w:ilvl'] ?? 0), level);
        } else if (level) {
          if (name === 'w:start') level.start = Number(value) || 0;
          else if (name === 'w:numFmt') level.format = value;
          else if (name === 'w:lvlText') level.text = value;
          else if (name === 'w:isLgl') level.legal = value !== '0';
        }
      },
      close: (name) => {
        if (name === 'w:lvl') level = null;
      },
    });
  }
}
