import { AppError } from '@atrium/contracts';
import { hash, verify, type Options } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';

/** 34 ms and 19 MiB each (RFC 9106, OWASP). `2` is argon2id; the package's const enum cannot be read from here. */
const ARGON2ID: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const AT_ONCE = 4;
const QUEUE = 32;

/** One device types `é` as one character, another as two, and a third in full width: the same password (RFC 8265). */
const normalized = (password: string): string => password.normalize('NFKC');

/** Also takes what was hashed as it was typed, before passwords were normalized. */
async function matches(passwordHash: string, password: string): Promise<boolean> {
  if (await verify(passwordHash, normalized(password))) return true;
  return normalized(password) !== password && (await verify(passwordHash, password));
}

/** Hashes and verifies passwords of accounts and rooms: few at once, few waiting, the rest turned away. */
@Injectable()
export class PasswordHasher {
  private readonly places = pLimit(AT_ONCE);
  private decoy: Promise<string> | undefined;

  /** @returns an argon2id string that carries its own parameters */
  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(normalized(password), ARGON2ID));
  }

  /** Verifies against a decoy when there is no hash, so that an unknown name takes as long as a wrong password. */
  async verify(passwordHash: string | null, password: string): Promise<boolean> {
    this.decoy ??= hash('nothing has this password', ARGON2ID);
    const against = passwordHash ?? (await this.decoy);
    const isRight = await this.inTurn((check) => check(against, password));
    return isRight && passwordHash !== null;
  }

  /**
   * Runs `work` when one of the places is free. What holds a connection or a lock while it checks a password must
   * take its turn first, and check with what it is handed.
   * @throws AppError `service_unavailable` when too many wait already
   */
  async inTurn<T>(work: (check: typeof matches) => Promise<T>): Promise<T> {
    const { activeCount, pendingCount } = this.places;
    if (activeCount + pendingCount >= AT_ONCE + QUEUE) {
      throw new AppError('service_unavailable', 'Too many passwords are being checked; try again in a moment.', { retryAfterSeconds: 1 });
    }
    return this.places(() => work(matches));
  }
}
