import { AppError } from '@atrium/contracts';
import { dictionary } from '@zxcvbn-ts/language-common';

const COMMON: ReadonlySet<string> = new Set(dictionary['passwords-common'].filter((password) => password.length >= 8));

/** Refuses what is guessed first: the most used passwords of all, and the person's own name. @throws AppError `validation_failed` */
export function requireUncommon(
  password: string,
  { username, email }: { username: string; email?: string | null },
  path = 'password',
): void {
  const guess = password.toLowerCase();
  if (COMMON.has(guess)) throw refusal(path, 'is among the most used passwords; choose another');
  if (guess === username || guess === email?.toLowerCase()) throw refusal(path, 'must not be your own name or address');
}

const refusal = (path: string, message: string) =>
  new AppError('validation_failed', `${path}: ${message}`, { errors: [{ path, message }] });
