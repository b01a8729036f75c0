import { AppError } from '@atrium/contracts';
import { dictionary } from '@zxcvbn-ts/language-common';

const COMMON: ReadonlySet<string> = new Set(dictionary['passwords-common'].filter((password) => password.length >= 8));

/** Refuses what is guessed first: the most used passwords of all, and the person's own name. @throws AppError `validation_failed` */
export function requireUncommon(password: string, { username, email }: { username: string; email?: string | null }): void {
  const guess = password.toLowerCase();
  if (COMMON.has(guess)) throw refusal('is among the most used passwords; choose another');
  if (guess === username || guess === email?.toLowerCase()) throw refusal('must not be your own name or address');
}

const refusal = (message: string) => new AppError('validation_failed', `password: ${message}`, { errors: [{ path: 'password', message }] });
