export type ParsedCommand = { name: string; args: string };

/**
 * Reads `/name rest`. Not a command: `//name`, which is how one sends a slash literally, a path such as `/usr/bin`,
 * and a slash anywhere but at the start.
 */
export function parseCommand(body: string): ParsedCommand | null {
  const match = /^\/([a-z][a-z0-9_-]{0,31})(?:\s+([\s\S]*))?$/i.exec(body.trim());
  if (!match) return null;
  return { name: (match[1] ?? '').toLowerCase(), args: (match[2] ?? '').trim() };
}

/** A message that starts like `//this` is text and means to be left alone. */
export const isLiteral = (body: string): boolean => body.trimStart().startsWith('//');
