import { AppError } from '@atrium/contracts';
import { dictionary } from '@zxcvbn-ts/language-common';

const COMMON: ReadonlySet<string> = new Set(dictionary['passwords-common'].filter((password) => password.length >= 8));

/** Fewer than these are one key, or two in turn. */
const LEAST_CHARACTERS = 3;

/** Refuses what is guessed first: the most used passwords of all, what one key or a row of them writes, and the person's own name. @throws AppError `validation_failed` */
export function requireUncommon(
  password: string,
  { username, email }: { username: string; email?: string | null },
  path = 'password',
): void {
  const guess = password.toLowerCase();
  if (COMMON.has(guess) || new Set(guess).size < LEAST_CHARACTERS || isRow(guess))
    throw refusal(path, 'is among the most used passwords; choose another');
  if (guess === username || guess === email?.toLowerCase()) throw refusal(path, 'must not be your own name or address');
}

/** Each character one further than the last, up or down: "23456789", "hgfedcba". */
function isRow(guess: string): boolean {
  const step = guess.charCodeAt(1) - guess.charCodeAt(0);
  return Math.abs(step) === 1 && [...guess].every((_, at) => at === 0 || guess.charCodeAt(at) - guess.charCodeAt(at - 1) === step);
}

const refusal = (path: string, message: string) =>
  new AppError('validation_failed', `${path}: ${message}`, { errors: [{ path, message }] });
