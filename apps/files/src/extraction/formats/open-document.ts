import { PROTECTED } from '../detect.ts';
import { Unreadable, type Piece, type Reading } from '../extraction.ts';
import type { Source } from '../source.ts';
import { OdfNumbering } from './odf-numbering.ts';
import { OdfText } from './odf-text.ts';
import { streamPart } from './office-package.ts';
import { readXmlPart } from './office-xml.ts';
import { ZipArchive, type XmlText } from './zip.ts';

/** A document, spreadsheet, presentation or drawing of OpenDocument. */
export async function* readOpenDocument(source: Source, reading: Reading): AsyncGenerator<Piece> {
  const archive = await ZipArchive.open(source, reading.budget);
  if (await isEncrypted(archive)) throw new Unreadable('encrypted', PROTECTED);
  if (!archive.has('content.xml')) throw new Unreadable('failed', 'The document is damaged: its text is missing.');
  const numbering = new OdfNumbering();
  await readXmlPart(archive.text('styles.xml'), {
    open: (name, attributes) => /^text:(?:list-style|list-level|outline)/.test(name) && numbering.open(name, attributes),
  });
  const text = new OdfText({ numbering });
  yield* readOdf(archive.text('content.xml'), text);
  const margins = new OdfText({ onlyMargins: true });
  yield { newPage: true };
  yield* readOdf(archive.text('styles.xml'), margins);
}

/** The same in one XML file. */
export function readFlatOpenDocument(source: Source): AsyncGenerator<Piece> {
  return readOdf(source.text(), new OdfText());
}

async function* readOdf(xml: XmlText, text: OdfText): AsyncGenerator<Piece> {
  for await (const pieces of streamPart(xml, text, () => text.take())) yield* pieces;
}

/** Whether its text is: a password may protect its macros alone. */
async function isEncrypted(archive: ZipArchive): Promise<boolean> {
  let path = '';
  let encrypted = false;
  await readXmlPart(archive.text('META-INF/manifest.xml'), {
    open(name, attributes) {
      if (/(?:^|:)file-entry$/.test(name)) path = attributes['manifest:full-path'] ?? '';
      encrypted ||= /(?:^|:)encryption-data$/.test(name) && !/^(?:Basic|Dialogs|Scripts)\//.test(path);
    },
  });
  return encrypted;
}
