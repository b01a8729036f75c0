import { BeyondLimits, type Piece } from '../extraction.ts';
import type { Source } from '../source.ts';
import { JsonLines } from './json-lines.ts';

/**
 * JSON, and JSON line by line, as one line for each value with the path that leads to it. Values stand as they are
 * written. What does not parse any more is told as it stands.
 */
export async function* readJson(source: Source): AsyncGenerator<Piece> {
  const lines = new JsonLines();
  let broken = false;
  for await (const part of source.text()) {
    if (broken) yield part;
    else {
      const { text, rest } = lines.add(part);
      yield text;
      if (rest !== null) {
        broken = true;
        yield rest;
      }
    }
  }
  if (!broken) yield lines.end();
}

/** Whether a text is JSON, or begins as only JSON does. */
export function looksLikeJson(text: string, complete: boolean): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  const lines = new JsonLines();
  try {
    if (lines.add(text).rest !== null) return false;
    // Records line by line may break off in the last one.
    return complete ? lines.isComplete || (lines.hasValues && text.trimStart().startsWith('{')) : lines.hasValues;
  } catch (error) {
    return error instanceof BeyondLimits;
  }
}
