import { Sealer } from '@atrium/service-kit';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { TwoFactorRepository, type FactorRow } from './two-factor.repository.ts';

const PERIOD_SECONDS = 30;
const SECRET_BYTES = 20;
const RECOVERY_CODES = 10;
/** Without what is read for another: no 0 and O, no 1, I and L. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const RECOVERY_LETTERS = 12;

/** Secrets and codes of the second factor: made, sealed, and checked so that each code works once. */
@Injectable()
export class TwoFactorCodes {
  constructor(
    private readonly sealer: Sealer,
    private readonly factors: TwoFactorRepository,
  ) {}

  newSecret(userId: string): { secret: string; sealed: string } {
    const secret = new Secret({ size: SECRET_BYTES }).base32;
    return { secret, sealed: this.sealer.seal(secret, secretPlace(userId)) };
  }

  uriOf(secret: string, username: string): string {
    return totpOf(secret, username).toString();
  }

  newRecoveryCodes(userId: string): { code: string; digest: string }[] {
    return Array.from({ length: RECOVERY_CODES }, () => {
      const letters = Array.from({ length: RECOVERY_LETTERS }, () => LETTERS[randomInt(LETTERS.length)]).join('');
      return { code: letters.replace(/.{4}(?=.)/g, '$&-'), digest: this.sealer.digest(letters, recoveryPlace(userId)) };
    });
  }

  /** Whether it is a code of this secret that was not used yet; uses it up. */
  async useTotp(tx: EntityManager, userId: string, { sealedSecret }: FactorRow, code: string): Promise<boolean> {
    const typed = code.replace(/\s/g, '');
    if (!/^\d{6}$/.test(typed)) return false;
    const drift = totpOf(this.sealer.open(sealedSecret, secretPlace(userId))).validate({ token: typed, window: 1 });
    if (drift === null) return false;
    return this.factors.useStep(tx, userId, Math.floor(Date.now() / 1000 / PERIOD_SECONDS) + drift);
  }

  /** The same of the app or of the recovery codes. */
  async use(tx: EntityManager, userId: string, factor: FactorRow, code: string): Promise<boolean> {
    if (await this.useTotp(tx, userId, factor, code)) return true;
    const typed = code.toUpperCase().replace(/[\s-]/g, '');
    return this.factors.useRecoveryCode(tx, userId, this.sealer.digest(typed, recoveryPlace(userId)));
  }
}

const totpOf = (secret: string, label = 'Atrium') =>
  new TOTP({ issuer: 'Atrium', label, algorithm: 'SHA1', digits: 6, period: PERIOD_SECONDS, secret });
const secretPlace = (userId: string) => `totp:${userId}`;
const recoveryPlace = (userId: string) => `recovery:${userId}`;
