import { Parser } from 'htmlparser2';
import { Unreadable } from '../extraction.ts';
import { Nesting } from './nesting.ts';
import { ZipArchive } from './zip.ts';

const MAIN_PART = 'word/document.xml';
/** Parts beside the body that people see on the page or in its margin, in reading order. */
const SIDE_PARTS = [
  /^word\/header\d*\.xml$/,
  /^word\/footnotes\.xml$/,
  /^word\/endnotes\.xml$/,
  /^word\/comments\.xml$/,
  /^word\/footer\d*\.xml$/,
];

/** The text of a Word document: its body, then headers, notes, comments and footers. */
export async function readDocx(bytes: Buffer): Promise<string> {
  const archive = await ZipArchive.open(bytes);
  const names = archive.names();
  const main = (await mainPart(archive)) ?? MAIN_PART;
  const parts = [main, ...SIDE_PARTS.flatMap((pattern) => names.filter((name) => pattern.test(name)))];
  const texts: string[] = [];
  for (const part of parts) {
    const xml = await archive.read(part);
    if (!xml && part === main) throw new Unreadable('failed', 'The document is damaged: its text is missing.');
    if (xml) texts.push(wordText(xml.toString('utf8')));
  }
  return texts.filter((text) => text.trim() !== '').join('\n\n');
}

/** The package's relations name the main part; it is not always where Word puts it. */
async function mainPart(archive: ZipArchive): Promise<string | null> {
  const relations = (await archive.read('_rels/.rels'))?.toString('utf8') ?? '';
  for (const [tag] of relations.matchAll(/<Relationship\b[^<>]*>/g)) {
    if (/Type="[^"]*\/officeDocument"/.test(tag)) return /Target="\/?([^"]+)"/.exec(tag)?.[1] ?? null;
  }
  return null;
}

/** Reads WordprocessingML as a stream of tags, without a tree. */
export function wordText(xml: string): string {
  // Office never writes a document type; one is the door to entity bombs.
  if (/<!DOCTYPE/i.test(xml.slice(0, 4096)))
    throw new Unreadable('failed', 'The document contains XML that Office does not write, and was refused.');
  const parts: string[] = [];
  const nesting = new Nesting();
  let inText = false;
  let skipped = 0;
  const parser = new Parser(
    {
      onopentag(name) {
        nesting.open();
        if (name === 'mc:Fallback') skipped += 1;
        if (skipped > 0) return;
        if (name === 'w:t') inText = true;
        else if (name === 'w:tab' || name === 'w:ptab') parts.push('\t');
        else if (name === 'w:br' || name === 'w:cr') parts.push('\n');
        else if (name === 'w:noBreakHyphen') parts.push('-');
        else if (name === 'w:tbl') parts.push('\n\n');
      },
      ontext(text) {
        if (inText && skipped === 0) parts.push(text);
      },
      onclosetag(name) {
        nesting.close();
        if (name === 'mc:Fallback') skipped -= 1;
        if (name === 'w:t') inText = false;
        if (skipped === 0) parts.push(WORD_BORDERS[name] ?? '');
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.write(xml);
  parser.end();
  return tidyTables(parts.join(''));
}

/** Marks the end of a cell until the borders of its paragraphs are known. */
const CELL_END = '\u0001';
const WORD_BORDERS: Record<string, string> = { 'w:p': '\n\n', 'w:tc': CELL_END, 'w:tr': '\n' };

/**
 * A cell's paragraph border would tear the row apart: rows are lines, cells stand beside each other. Blanks are looked
 * at from their first on only, or a thousand empty paragraphs would be followed a thousand times.
 */
function tidyTables(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replace(/(?<!\s)\s*\u0001(?!\n)/g, ' | ').replace(/(?<!\s)\s*\u0001\n/g, '\n');
}
