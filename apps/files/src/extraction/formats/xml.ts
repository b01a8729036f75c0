import { Parser } from 'htmlparser2';
import { BeyondLimits, type Piece } from '../extraction.ts';
import type { Source } from '../source.ts';
import { Nesting } from './nesting.ts';
import { XmlRecords } from './xml-records.ts';

/** Entities made of entities are how a few bytes become gigabytes; no document needs them. */
async function refuseEntityBomb(source: Source): Promise<void> {
  const { value: beginning } = await source.text().next();
  if (/<!ENTITY\s[^>]{0,2000}?["'][^"'>]{0,2000}?&\w+;/.test(beginning ?? '')) {
    throw new BeyondLimits('The file multiplies its own text without end, and was refused.');
  }
}

/** Formats that are XML and say something else by their tags: office documents, subtitles, outlines. */
async function readerOf(source: Source): Promise<((source: Source) => AsyncIterable<Piece>) | null> {
  const { value: beginning } = await source.text().next();
  const root = (beginning ?? '').slice(0, 4096);
  if (/<office:document[\s>]/.test(root)) return (await import('./open-document.ts')).readFlatOpenDocument;
  if (/<(?:\w+:)?tt\s[^>]{0,500}"http:\/\/www\.w3\.org\/(?:ns\/ttml|20\d\d\/\d\d\/ttaf1)/.test(root))
    return (await import('./subtitles-ttml.ts')).readTimedText;
  if (/<(?:\w+:)?Workbook\s[^>]{0,2000}"urn:schemas-microsoft-com:office:spreadsheet"/.test(root))
    return (await import('./spreadsheet-xml.ts')).readSpreadsheetXml;
  if (/<opml[\s>]/.test(root)) return (await import('./outlines.ts')).readOutline;
  return /<w:wordDocument\s|<pkg:package\s/.test(root) ? (await import('./word.ts')).readWordXml : null;
}

/** XML without its marks: values with their names, records on one line, texts as they are. */
export async function* readXml(source: Source): AsyncGenerator<Piece> {
  await refuseEntityBomb(source);
  const other = await readerOf(source);
  if (other) return yield* other(source);
  const nesting = new Nesting();
  const records = new XmlRecords();
  let isPicture = false;
  let unsaid = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        nesting.open();
        if (/^(?:\w+:)?svg$/i.test(name)) isPicture = true;
        if (UNSAID.test(name)) unsaid += 1;
        // Of a picture, what its attributes say is how it looks.
        records.open(isPicture ? 'text' : name, isPicture ? {} : attributes);
      },
      ontext: (text) => unsaid === 0 && records.text(text),
      onclosetag(name) {
        nesting.close();
        if (UNSAID.test(name)) unsaid -= 1;
        records.close();
      },
    },
    { xmlMode: true },
  );
  for await (const part of source.text()) {
    parser.write(part);
    yield records.take();
  }
  parser.end();
  yield records.end();
}

/** Of pictures and pages that are XML: how they look and what they do. */
const UNSAID = /^(?:\w+:)?(?:style|script)$/i;
