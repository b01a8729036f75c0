import { Parser } from 'htmlparser2';
import { markIndents } from '../../text/tidy.ts';
import type { Piece } from '../extraction.ts';
import type { Source } from '../source.ts';
import { Nesting } from './nesting.ts';
import { toldByParser } from './told-by-parser.ts';

/** An outline (OPML): an item to a line, set in below the item it belongs to, with its address and its note. */
export async function* readOutline(source: Source): AsyncGenerator<Piece> {
  const nesting = new Nesting();
  const told: string[] = [];
  let depth = 0;
  let title: string[] | null = null;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        nesting.open();
        if (name === 'title') title = [];
        if (name !== 'outline') return;
        told.push(markIndents(`${'  '.repeat(depth)}- ${itemOf(attributes)}\n`));
        depth += 1;
      },
      ontext: (text) => title?.push(text),
      onclosetag(name) {
        nesting.close();
        if (name === 'outline') depth -= 1;
        if (name !== 'title' || !title) return;
        told.push(`${title.join('').trim()}\n\n`);
        title = null;
      },
    },
    { xmlMode: true },
  );
  yield* toldByParser(parser, source, () => told.splice(0).join(''));
}

function itemOf({ text, title, xmlUrl, htmlUrl, url, _note: note }: Record<string, string>): string {
  const words = [text || title, note].filter(Boolean).join('. ');
  const address = xmlUrl || htmlUrl || url;
  return (address ? `${words} (${address})` : words).replace(/\s+/g, ' ').trim();
}
