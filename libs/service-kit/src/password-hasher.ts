import { AppError } from '@atrium/contracts';
import { hash, verify, type Options } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';

/** 34 ms and 19 MiB each (RFC 9106, OWASP). `2` is argon2id; the package's const enum cannot be read from here. */
const ARGON2ID: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const AT_ONCE = 4;
const QUEUE = 32;

/** Hashes and verifies passwords of accounts and rooms: few at once, few waiting, the rest turned away. */
@Injectable()
export class PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  private decoy: Promise<string> | undefined;

  /** @returns an argon2id string that carries its own parameters */
  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password, ARGON2ID));
  }

  /** Verifies against a decoy when there is no hash, so that an unknown name takes as long as a wrong password. */
  async verify(passwordHash: string | null, password: string): Promise<boolean> {
    this.decoy ??= hash('nothing has this password', ARGON2ID);
    const against = passwordHash ?? (await this.decoy);
    const matches = await this.inTurn((check) => check(against, password));
    return matches && passwordHash !== null;
  }

  /**
   * Runs `work` when one of the places is free. What holds a connection or a lock while it checks a password must
   * take its turn first, and check with what it is handed.
   * @throws AppError `service_unavailable` when too many wait already
   */
  async inTurn<T>(work: (check: typeof verify) => Promise<T>): Promise<T> {
    await this.takePlace();
    try {
      return await work(verify);
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }

  private async takePlace(): Promise<void> {
    if (this.running < AT_ONCE) {
      this.running++;
      return;
    }
    if (this.waiting.length >= QUEUE) {
      throw new AppError('service_unavailable', 'Too many passwords are being checked; try again in a moment.', { retryAfterSeconds: 1 });
    }
    // Whoever leaves hands the place over, so that it is never free in between.
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }
}
