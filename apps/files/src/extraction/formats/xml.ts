import { Parser } from 'htmlparser2';
import { BeyondLimits, type Piece } from '../extraction.ts';
import type { Source } from '../source.ts';
import { Nesting } from './nesting.ts';

/** Entities made of entities are how a few bytes become gigabytes; no document needs them. */
async function refuseEntityBomb(source: Source): Promise<void> {
  const { value: beginning } = await source.text().next();
  if (/<!ENTITY\s[^>]{0,2000}?["'][^"'>]{0,2000}?&\w+;/.test(beginning ?? '')) {
    throw new BeyondLimits('The file multiplies its own text without end, and was refused.');
  }
}

/** Office documents that are one XML file. */
async function officeReader(source: Source): Promise<((source: Source) => AsyncIterable<Piece>) | null> {
  const { value: beginning } = await source.text().next();
  const root = (beginning ?? '').slice(0, 4096);
  if (/<office:document[\s>]/.test(root)) return (await import('./open-document.ts')).readFlatOpenDocument;
  return /<w:wordDocument\s|<pkg:package\s/.test(root) ? (await import('./word.ts')).readWordXml : null;
}

/** XML without its marks: each element's text on a line of its own, with what short attributes say. */
export async function* readXml(source: Source): AsyncGenerator<Piece> {
  await refuseEntityBomb(source);
  const office = await officeReader(source);
  if (office) return yield* office(source);
  const nesting = new Nesting();
  let parts: string[] = [];
  let unsaid = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        nesting.open();
        if (UNSAID.test(name)) unsaid += 1;
        parts.push('\n');
        for (const [key, value] of Object.entries(attributes)) if (isSaid(key, value)) parts.push(`${key}: ${value}\n`);
      },
      ontext: (text) => unsaid === 0 && parts.push(text.replace(/\s+/g, ' ')),
      onclosetag(name) {
        nesting.close();
        if (UNSAID.test(name)) unsaid -= 1;
        parts.push('\n');
      },
    },
    { xmlMode: true },
  );
  for await (const part of source.text()) {
    parser.write(part);
    yield withoutBlankLines(parts.join(''));
    parts = [];
  }
  parser.end();
  yield withoutBlankLines(parts.join(''));
}

/** Of pictures and pages that are XML: how they look and what they do. */
const UNSAID = /^(?:\w+:)?(?:style|script)$/i;
/** Names of namespaces, addresses of schemas and identifiers are the machine's. */
const isSaid = (key: string, value: string) => !/^(?:xmlns|xsi:|xml:)/.test(key) && /\p{L}{2}.*\s.*\p{L}{2}/u.test(value);
const withoutBlankLines = (text: string) => text.replace(/[ \t]*\n[ \t\n]*/g, '\n');
