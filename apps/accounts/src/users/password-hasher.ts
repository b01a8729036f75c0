import { hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { Limiter } from './limiter.ts';

/** 34 ms and 19 MiB each (RFC 9106, OWASP); the algorithm is argon2id, the library's default. */
export const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hashes and verifies passwords, never more at once than the machine can bear. */
@Injectable()
export class PasswordHasher {
  private readonly limiter = new Limiter(4, 32);
  private decoy: Promise<string> | undefined;

  hash(password: string): Promise<string> {
    return this.limiter.run(() => hash(password, ARGON2));
  }

  /** Verifies against a decoy when there is no hash, so that an unknown name takes as long as a wrong password. */
  async verify(passwordHash: string | null, password: string): Promise<boolean> {
    this.decoy ??= hash('no account has this password', ARGON2);
    const against = passwordHash ?? (await this.decoy);
    const matches = await this.limiter.run(() => verify(against, password));
    return matches && passwordHash !== null;
  }
}
