import { posix } from 'node:path';
import { Unreadable, type Piece, type Reading } from '../extraction.ts';
import { Source } from '../source.ts';
import { chartText, isDrawn } from './drawing.ts';
import { embeddedFiles } from './embedded.ts';
import { mainPart, relationsOf, streamPart, type Relation } from './office-package.ts';
import { WordBody, type Chunk } from './word-body.ts';
import { WordNumbering } from './word-numbering.ts';
import { WordStyles } from './word-styles.ts';
import { ZipArchive } from './zip.ts';

/** Parts beside the body that people see on the page or in its margin, in reading order. */
const SIDE_PARTS = ['header', 'footnotes', 'endnotes', 'comments', 'footer'];

/** The text of a Word document: its body, then headers, notes, comments and footers. */
export async function* readDocx(source: Source, reading: Reading): AsyncGenerator<Piece> {
  const archive = await ZipArchive.open(source, reading.budget);
  const main = await mainPart(archive, 'word/document.xml');
  if (!archive.has(main)) throw new Unreadable('failed', 'The document is damaged: its text is missing.');
  const relations = await relationsOf(archive, main);
  const partOf = (type: string) => relations.find((relation) => relation.type === type)?.part ?? usualPart(archive, main, type);
  const numbering = await WordNumbering.read(archive, partOf('numbering'));
  const styles = await WordStyles.read(archive, partOf('styles'));
  const body = new WordBody(numbering, styles);
  for await (const pieces of streamPart(archive.text(main), body, () => body.takeAll()))
    for (const piece of pieces) {
      if (typeof piece === 'string') yield piece;
      else yield* embedded(piece, { archive, relations, reading });
    }
  for (const part of sideParts(archive, main, relations)) {
    const side = new WordBody(numbering, styles);
    yield '\n\n';
    yield* streamPart(archive.text(part), side, () => side.take());
  }
  for (const { type, part } of relations) if (isDrawn(type)) yield* chartText(archive, part);
  yield* embeddedFiles(archive, relations, reading);
}

function usualPart(archive: ZipArchive, main: string, type: string): string | undefined {
  const name = posix.join(posix.dirname(main), `${type}.xml`);
  return archive.has(name) ? name : undefined;
}

/** A Word document that is one XML file, as Word 2003 and some programs write it. */
export async function* readWordXml(source: Source): AsyncGenerator<Piece> {
  const body = new WordBody(new WordNumbering(), new WordStyles());
  yield* streamPart(source.text(), body, () => body.take());
}

/** A package without relations of its own is read by the usual names. */
function sideParts(archive: ZipArchive, main: string, relations: Relation[]): string[] {
  if (relations.length > 0) {
    const parts = SIDE_PARTS.flatMap((type) => relations.filter((relation) => relation.type === type).map(({ part }) => part));
    return [...new Set(parts)].filter((part) => archive.has(part));
  }
  const directory = posix.dirname(main);
  return SIDE_PARTS.flatMap((type) => archive.names().filter((name) => new RegExp(`^${directory}/${type}\\d*\\.xml$`).test(name)));
}

type Package = { archive: ZipArchive; relations: Relation[]; reading: Reading };

/** A document of another format that stands in the text as a part of its own. */
async function* embedded({ chunk }: Chunk, { archive, relations, reading }: Package): AsyncGenerator<Piece> {
  const part = relations.find((relation) => relation.id === chunk)?.part;
  const bytes = part ? await archive.read(part) : null;
  if (!part || !bytes) return;
  yield* reading.nested(Source.of(bytes, part));
  yield '\n\n';
}
