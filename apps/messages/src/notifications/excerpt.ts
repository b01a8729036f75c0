const LENGTH = 140;

/** The beginning of a message on one line, cut between two characters. */
export function excerptOf(body: string): string {
  const line = body
    .slice(0, 8 * LENGTH)
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
