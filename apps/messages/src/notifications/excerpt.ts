import { hasInk } from '@atrium/contracts';
import { wordsOfMessage } from '@atrium/markup';

const LENGTH = 140;

/** The beginning of a message on one line, without its markup, cut between two characters. */
export function excerptOf(body: string): string {
  const line = wordsOfMessage(body.slice(0, 8 * LENGTH), hasInk)
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...line];
  return characters.length <= LENGTH
    ? line
    : `${characters
        .slice(0, LENGTH - 1)
        .join('')
        .trimEnd()}…`;
}
