import { AppError } from '@atrium/contracts';
import { i18n } from '../words/words.ts';

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

/** @throws AppError `validation_failed` for what is no command */
export function requireCommand(text: string): ParsedCommand {
  const parsed = parseCommand(text);
  if (parsed) return parsed;
  const message = i18n.t('must be a command, such as /help; anything else is sent as a message');
  throw new AppError('validation_failed', `text: ${message}`, { errors: [{ path: 'text', message }] });
}

/** A message that starts like `//this` is text and means to be left alone. */
export const isLiteral = (body: string): boolean => body.trimStart().startsWith('//');
