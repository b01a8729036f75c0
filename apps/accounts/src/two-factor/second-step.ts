import { AppError } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CHALLENGE_SECONDS, Challenges } from './challenges.ts';
import { TwoFactorCodes } from './two-factor-codes.ts';
import { TwoFactorRepository } from './two-factor.repository.ts';

/** The second step of a sign-in, for those who have a second factor. */
@Injectable()
export class SecondStep {
  constructor(
    private readonly em: EntityManager,
    private readonly factors: TwoFactorRepository,
    private readonly codes: TwoFactorCodes,
    private readonly challenges: Challenges,
  ) {}

  async isNeeded(userId: string): Promise<boolean> {
    return Boolean((await this.factors.find(this.em, userId))?.enabledAt);
  }

  /** What the first step is answered with. */
  async refusal(userId: string): Promise<AppError> {
    const challenge = await this.challenges.open(this.em, userId);
    return new AppError('two_factor_required', undefined, { challenge, expiresInSeconds: CHALLENGE_SECONDS });
  }

  /** Counts one try. @returns whose sign-in it is @throws AppError `challenge_expired` */
  async take(challenge: string): Promise<string> {
    const userId = await this.challenges.take(this.em, challenge);
    if (!userId) throw new AppError('challenge_expired');
    return userId;
  }

  /** @returns whether the code was right; then the challenge is used up */
  async answer(challenge: string, userId: string, code: string): Promise<boolean> {
    return transact(this.em, async (tx) => {
      const factor = await this.factors.find(tx, userId);
      if (!factor || !(await this.codes.use(tx, userId, factor, code))) return false;
      await this.challenges.close(tx, challenge);
      return true;
    });
  }
}
