import { readXmlPart } from './office-xml.ts';
import type { NumberingOf } from './word-numbering.ts';
import type { ZipArchive } from './zip.ts';

type Style = { basedOn: string; numbering: Partial<NumberingOf>; hidden: boolean | null };

/** More styles on top of each other than anybody makes; they may also go in a circle. */
const MOST_BASES = 20;

/** What styles say about the paragraphs and words that have them: their numbers, and whether they are hidden. */
export class WordStyles {
  private readonly styles = new Map<string, Style>();

  static async read(archive: ZipArchive, part: string | undefined): Promise<WordStyles> {
    const styles = new WordStyles();
    if (!part) return styles;
    let style: Style | null = null;
    await readXmlPart(archive.text(part), {
      open: (name, attributes) => {
        const value = attributes['w:val'] ?? '';
        if (name === 'w:style') {
          style = { basedOn: '', numbering: {}, hidden: null };
          styles.styles.set(attributes['w:styleId'] ?? '', style);
        } else if (!style) return;
        else if (name === 'w:basedOn') style.basedOn = value;
        else if (name === 'w:numId') style.numbering.list = value;
        else if (name === 'w:ilvl') style.numbering.level = Number(value) || 0;
        else if (name === 'w:vanish') style.hidden = isOn(attributes);
      },
      close: (name) => {
        if (name === 'w:style') style = null;
      },
    });
    return styles;
  }

  numbering(id: string): Partial<NumberingOf> {
    return this.chain(id).reduce<Partial<NumberingOf>>((found, style) => ({ ...style.numbering, ...found }), {});
  }

  isHidden(id: string): boolean {
    return this.chain(id).find((style) => style.hidden !== null)?.hidden ?? false;
  }

  /** The style and those it is based on, the nearest first. */
  private chain(id: string): Style[] {
    const chain: Style[] = [];
    for (let style = this.styles.get(id); style && chain.length < MOST_BASES; style = this.styles.get(style.basedOn)) chain.push(style);
    return chain;
  }
}

/** A property of Word is on unless it says that it is off. */
export const isOn = (attributes: Record<string, string>): boolean => !/^(?:0|false|off|none)$/.test(attributes['w:val'] ?? 'true');
