import { AppError } from '@atrium/contracts';

/** Deeper than anything the interface takes, and far from where a walk down would run out of stack. */
const MAX_DEPTH = 32;
/** More than a client that resumes two thousand rooms names at once. */
const MAX_VALUES = 4000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPENERS: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSERS: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/**
 * Parses JSON that somebody sent. Depth and number of values are counted in the text, so that what has too much of
 * either is never made into objects that something then walks: 32 levels, 4,000 values.
 * @throws AppError `malformed_request`
 */
export function parseBoundedJson(text: string): unknown {
  requireBounds(text);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new AppError('malformed_request', 'The body is not valid JSON', {}, { cause: error });
  }
}

function requireBounds(text: string): void {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === COMMA) values++;
    else if (CLOSERS.has(code)) depth--;
    else if (OPENERS.has(code)) {
      values++;
      if (++depth > MAX_DEPTH) throw new AppError('malformed_request', `JSON may nest at most ${MAX_DEPTH} levels deep`);
    }
    if (values > MAX_VALUES) throw new AppError('malformed_request', `JSON may have at most ${MAX_VALUES} values`);
  }
}

/** The place of the closing quote, or the end of a text that has none. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let before = end - 1;
    while (text.charCodeAt(before) === BACKSLASH) before--;
    if ((end - before) % 2 === 1) return end;
  }
  return text.length;
}
