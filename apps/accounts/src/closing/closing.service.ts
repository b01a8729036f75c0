import { AppError, type ParsedInputOf, type accounts } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AdminRepository } from '../admin/admin.repository.ts';
import { PasswordConfirmation } from '../passwords/password-confirmation.ts';
import { SessionEnds } from '../sessions/session-ends.ts';
import { TwoFactorService } from '../two-factor/two-factor.service.ts';
import { UserEntity } from '../users/user.entity.ts';
import { AccountEmptier } from './account-emptier.ts';
import { ClosingRepository } from './closing.repository.ts';

type Closing = ParsedInputOf<typeof accounts.closeAccount>;

/** Closes accounts, for those whose accounts they are. */
@Injectable()
export class ClosingService {
  constructor(
    private readonly em: EntityManager,
    private readonly repository: ClosingRepository,
    private readonly confirmation: PasswordConfirmation,
    private readonly twoFactor: TwoFactorService,
    private readonly admins: AdminRepository,
    private readonly emptier: AccountEmptier,
    private readonly ends: SessionEnds,
  ) {}

  async close(userId: string, { password, code, messages }: Closing): Promise<void> {
    await this.confirmation.require(userId, password);
    await this.twoFactor.requireSecondFactor(userId, code);
    await transact(this.em, async (tx) => {
      const admins = await this.admins.lockAdmins(tx);
      if (admins.length === 1 && admins[0] === userId)
        throw new AppError('last_admin', 'You are the last admin; make somebody else admin first.');
      const user = await tx.findOne(UserEntity, { id: userId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!user || user.closedAt) return;
      await this.emptier.empty(tx, user, messages);
    });
    await this.ends.requireTold();
  }

  async open(userIds: readonly string[]): Promise<string[]> {
    return this.repository.open(this.em, userIds);
  }
}
