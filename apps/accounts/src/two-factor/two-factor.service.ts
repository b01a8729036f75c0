import { AppError, validationError, type ParsedInputOf, type TwoFactor, type TwoFactorSetUp, type accounts } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { PasswordConfirmation } from '../passwords/password-confirmation.ts';
import { SignInGuard, confirmationSubjects } from '../sessions/sign-in-guard.ts';
import { UserEntity } from '../users/user.entity.ts';
import { TwoFactorCodes } from './two-factor-codes.ts';
import { TwoFactorRepository } from './two-factor.repository.ts';

/** Turning the second factor on and off. */
@Injectable()
export class TwoFactorService {
  constructor(
    private readonly em: EntityManager,
    private readonly factors: TwoFactorRepository,
    private readonly codes: TwoFactorCodes,
    private readonly confirmation: PasswordConfirmation,
    private readonly guard: SignInGuard,
  ) {}

  async get(userId: string): Promise<TwoFactor> {
    const factor = await this.factors.find(this.em, userId);
    const enabledAt = factor?.enabledAt ? new Date(factor.enabledAt).toISOString() : null;
    return { enabled: enabledAt !== null, enabledAt, recoveryCodesLeft: await this.factors.countRecoveryCodes(this.em, userId) };
  }

  async setUp(userId: string, code: string | undefined): Promise<TwoFactorSetUp> {
    return code === undefined ? this.begin(userId) : this.confirm(userId, code);
  }

  async turnOff(userId: string, { code, password }: ParsedInputOf<typeof accounts.turnOffTwoFactor>): Promise<void> {
    if (password !== undefined) await this.confirmation.require(userId, password);
    else await this.requireCode(userId, code ?? '');
    await transact(this.em, (tx) => this.factors.remove(tx, userId));
  }

  private async begin(userId: string): Promise<TwoFactorSetUp> {
    const { username } = await this.em.findOneOrFail(UserEntity, { id: userId });
    const { secret, sealed } = this.codes.newSecret(userId);
    await transact(this.em, async (tx) => {
      if ((await this.factors.find(tx, userId))?.enabledAt) throw new AppError('two_factor_enabled');
      await this.factors.begin(tx, userId, sealed);
    });
    return { ...(await this.get(userId)), secret, uri: this.codes.uriOf(secret, username) };
  }

  private async confirm(userId: string, code: string): Promise<TwoFactorSetUp> {
    const recovery = this.codes.newRecoveryCodes(userId);
    await transact(this.em, async (tx) => {
      const factor = await this.factors.find(tx, userId);
      if (factor?.enabledAt) throw new AppError('two_factor_enabled');
      if (!factor || !(await this.codes.useTotp(tx, userId, factor, code))) throw wrongSetUpCode();
      const digests = recovery.map(({ digest }) => digest);
      if (!(await this.factors.enable(tx, userId, digests))) throw new AppError('two_factor_enabled');
    });
    return { ...(await this.get(userId)), recoveryCodes: recovery.map(({ code: shown }) => shown) };
  }

  /** @throws AppError `two_factor_required` to who has a second factor and gives no code of it */
  async requireSecondFactor(userId: string, code: string | undefined): Promise<void> {
    if (!(await this.get(userId)).enabled) return;
    if (code === undefined) throw new AppError('two_factor_required');
    await this.requireCode(userId, code);
  }

  private async requireCode(userId: string, code: string): Promise<void> {
    const subjects = confirmationSubjects(userId);
    await this.guard.requireOpen(subjects);
    const correct = await transact(this.em, async (tx) => {
      const factor = await this.factors.find(tx, userId);
      return factor !== undefined && this.codes.use(tx, userId, factor, code);
    });
    await this.guard.book(subjects, correct, 'wrong_code');
  }
}

const wrongSetUpCode = () =>
  validationError([{ path: ['code'], message: 'is not what the app shows now; look at the clocks of both devices if it stays so' }]);
