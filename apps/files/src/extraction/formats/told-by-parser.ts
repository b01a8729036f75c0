import type { Parser } from 'htmlparser2';
import type { Piece } from '../extraction.ts';
import type { Source } from '../source.ts';

/** What a parser's handlers tell of a source, part by part, so that no more than one is held. @param take what was told since it was last asked */
export async function* toldByParser(parser: Parser, source: Source, take: () => string): AsyncGenerator<Piece> {
  for await (const part of source.text()) {
    parser.write(part);
    yield take();
  }
  parser.end();
  yield take();
}
