import { BeyondLimits, Unreadable, type Piece, type Reading } from '../extraction.ts';
import type { Source } from '../source.ts';

/**
 * A file inside another, under its name. One that cannot be read does not cost the others, save when it is made to take
 * more than any file may.
 */
export async function* readInside(source: Source, reading: Reading): AsyncGenerator<Piece> {
  yield `\n\n${source.name}\n\n`;
  try {
    yield* reading.nested(source);
  } catch (error) {
    if (error instanceof BeyondLimits) throw error;
    process.stderr.write(`a file inside: ${error instanceof Error ? error.name : typeof error}\n`);
    if (error instanceof Unreadable) yield `(${error.message})\n\n`;
    else yield { missing: `${source.name} is damaged and was left out.` };
  }
}
