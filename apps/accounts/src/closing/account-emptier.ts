import { FORMER_MEMBER, accountEvents, type KeepOrErase, type profileFacts } from '@atrium/contracts';
import { AuditLog, FactLog, Outbox } from '@atrium/database';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { BotsService } from '../bots/bots.service.ts';
import { SessionEnds } from '../sessions/session-ends.ts';
import { TokensService } from '../tokens/tokens.service.ts';
import type { UserEntity } from '../users/user.entity.ts';
import { toDirectoryUser } from '../users/user.mapper.ts';
import { ClosingRepository } from './closing.repository.ts';

/** Takes everything of a person out of their account, and tells those who must do something about it. */
@Injectable()
export class AccountEmptier {
  constructor(
    private readonly repository: ClosingRepository,
    private readonly ends: SessionEnds,
    private readonly tokens: TokensService,
    private readonly bots: BotsService,
    private readonly facts: FactLog<typeof profileFacts>,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
  ) {}

  /** What others must do they learn from the same transaction, so that nothing is left half closed. */
  async empty(tx: EntityManager, user: UserEntity, messages: KeepOrErase): Promise<void> {
    const { id: userId } = user;
    const at = new Date();
    await this.ends.endAll(tx, userId);
    await this.tokens.revokeAll(tx, userId);
    await this.bots.removeAllOf(tx, userId);
    await this.makeNobody(tx, user, at);
    await this.audit.record(tx, { actorId: userId, action: 'user.closed', targetId: userId, details: { messages } });
    await this.outbox.add(tx, accountEvents.accountClosed, { userId, at: at.toISOString(), messages });
  }

  /** A closed account is disabled as well: whatever looks for that finds it. */
  private async makeNobody(tx: EntityManager, user: UserEntity, at: Date): Promise<void> {
    tx.assign(user, {
      username: `former-${user.id.replaceAll('-', '').slice(-12)}`,
      displayName: FORMER_MEMBER,
      email: null,
      emailRecovers: true,
      recoveryEmail: null,
      passwordHash: null,
      avatarUrl: null,
      statusText: '',
      statusEmoji: null,
      statusUntil: null,
      timeZone: null,
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
