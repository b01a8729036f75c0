import { AppError, FORMER_MEMBER, accountEvents, type ParsedInputOf, type accounts, type profileFacts } from '@atrium/contracts';
import { AuditLog, FactLog, Outbox, transact } from '@atrium/database';
import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AdminRepository } from '../admin/admin.repository.ts';
import { BotsService } from '../bots/bots.service.ts';
import { PasswordConfirmation } from '../passwords/password-confirmation.ts';
import { SessionEnds } from '../sessions/session-ends.ts';
import { TokensService } from '../tokens/tokens.service.ts';
import { TwoFactorService } from '../two-factor/two-factor.service.ts';
import { UserEntity } from '../users/user.entity.ts';
import { toDirectoryUser } from '../users/user.mapper.ts';
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
    private readonly ends: SessionEnds,
    private readonly tokens: TokensService,
    private readonly bots: BotsService,
    private readonly facts: FactLog<typeof profileFacts>,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
  ) {}

  /** What others must do about it they learn from the same transaction, so that nothing is left half closed. */
  async close(userId: string, { password, code, messages }: Closing): Promise<void> {
    await this.confirmation.require(userId, password);
    await this.twoFactor.requireSecondFactor(userId, code);
    await transact(this.em, async (tx) => {
      const admins = await this.admins.lockAdmins(tx);
      if (admins.length === 1 && admins[0] === userId)
        throw new AppError('last_admin', 'You are the last admin; make somebody else admin first.');
      const user = await tx.findOne(UserEntity, { id: userId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!user || user.closedAt) return;
      const at = new Date();
      await this.ends.endAll(tx, userId);
      await this.tokens.revokeAll(tx, userId);
      await this.bots.removeAllOf(tx, userId);
      await this.makeNobody(tx, user, at);
      await this.audit.record(tx, { actorId: userId, action: 'user.closed', targetId: userId, details: { messages } });
      await this.outbox.add(tx, accountEvents.accountClosed, { userId, at: at.toISOString(), messages });
    });
    await this.ends.requireTold();
  }

  async open(userIds: readonly string[]): Promise<string[]> {
    return this.repository.open(this.em, userIds);
  }

  /** A closed account is disabled as well: whatever looks for that finds it. */
  private async makeNobody(tx: EntityManager, user: UserEntity, at: Date): Promise<void> {
    tx.assign(user, {
      username: `former-${user.id.replaceAll('-', '').slice(-12)}`,
      displayName: FORMER_MEMBER,
      email: null,
      passwordHash: null,
      avatarUrl: null,
      statusText: '',
      presence: 'auto',
      role: 'user',
      disabledAt: at,
      disabledReason: 'The account was closed',
      closedAt: at,
      factsTold: user.factsTold + 1,
    });
    await tx.flush();
    await this.repository.forget(tx, user.id);
    const { id, ...shown } = toDirectoryUser(user);
    await this.facts.tell(tx, 'userUpdated', { userId: id, version: user.factsTold, ...shown });
  }
}
