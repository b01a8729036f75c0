import { AppError } from '@atrium/contracts';
import { hash, verify, type Options } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';

/** `algorithm: 2` is argon2id; the package declares it as a const enum, which isolated modules cannot read. */
const ARGON2ID: Options = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const AT_ONCE = 4;
const QUEUE = 32;

/** Hashes room passwords. Each takes 19 MiB and a core for 34 ms, so that few run at once and few may wait. */
@Injectable()
export class PasswordHasher {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(password, ARGON2ID));
  }

  verify(passwordHash: string, password: string): Promise<boolean> {
    return this.inTurn((check) => check(passwordHash, password));
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
      throw new AppError('service_unavailable', 'Too many passwords are being checked; try again in a moment', { retryAfterSeconds: 1 });
    }
    // Whoever leaves hands the place over, so that it is never free in between.
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }
}
