import { AppError, type ParsedInputOf, type accounts } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { PasswordHasher } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { KnownDevices } from '../sessions/known-devices.ts';
import { SessionEnds } from '../sessions/session-ends.ts';
import { SignInGuard } from '../sessions/sign-in-guard.ts';
import { UserEntity } from '../users/user.entity.ts';
import { requireUncommon } from './common-passwords.ts';
import { PasswordConfirmation } from './password-confirmation.ts';
import { ResetTokens } from './reset-tokens.ts';

/** Changing a password: by who knows it, and by a link for who has forgotten it. */
@Injectable()
export class PasswordsService {
  constructor(
    private readonly em: EntityManager,
    private readonly passwords: PasswordHasher,
    private readonly confirmation: PasswordConfirmation,
    private readonly ends: SessionEnds,
    private readonly tokens: ResetTokens,
    private readonly devices: KnownDevices,
    private readonly guard: SignInGuard,
  ) {}

  async change(userId: string, { current, next }: ParsedInputOf<typeof accounts.changePassword>, sessionId?: string): Promise<void> {
    requireUncommon(next, await this.requireUser(userId), 'next');
    await this.confirmation.require(userId, current);
    const passwordHash = await this.passwords.hash(next);
    await transact(this.em, async (tx) => {
      await tx.nativeUpdate(UserEntity, { id: userId }, { passwordHash });
      await this.tokens.voidAll(tx, userId);
      await this.ends.endAll(tx, userId, sessionId);
    });
    await this.ends.requireTold();
  }

  async reset({ token, password }: ParsedInputOf<typeof accounts.resetPassword>): Promise<void> {
    const userId = await this.tokens.find(this.em, token);
    if (!userId) throw new AppError('reset_link_invalid');
    requireUncommon(password, await this.requireUser(userId));
    const passwordHash = await this.passwords.hash(password);
    await transact(this.em, async (tx) => {
      if (!(await this.tokens.use(tx, token))) throw new AppError('reset_link_invalid');
      await tx.nativeUpdate(UserEntity, { id: userId }, { passwordHash });
      await this.tokens.voidAll(tx, userId);
      await this.devices.forget(tx, userId);
      await this.guard.forgive(tx, userId);
      await this.ends.endAll(tx, userId);
    });
    await this.ends.requireTold();
  }

  private async requireUser(userId: string): Promise<UserEntity> {
    const user = await this.em.findOne(UserEntity, { id: userId });
    if (!user) throw new AppError('unauthenticated');
    return user;
  }
}
