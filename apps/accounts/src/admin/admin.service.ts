import {
  AppError,
  accountEvents,
  validationError,
  type AdminUser,
  type OutputOf,
  type ParsedInputOf,
  type accounts,
} from '@atrium/contracts';
import { AuditLog, Outbox, transact } from '@atrium/database';
import { readIdCursor } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { BotsRepository } from '../bots/bots.repository.ts';
import { CreditsService } from '../credits/credits.service.ts';
import { SessionEnds } from '../sessions/session-ends.ts';
import { TokensService } from '../tokens/tokens.service.ts';
import { UserEntity } from '../users/user.entity.ts';
import { AdminRepository } from './admin.repository.ts';

type Update = ParsedInputOf<typeof accounts.adminUpdateUser>;

/** What admins do with accounts. Every change has its line in the audit log, in the same transaction. */
@Injectable()
export class AdminService {
  constructor(
    private readonly em: EntityManager,
    private readonly repository: AdminRepository,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly ends: SessionEnds,
    private readonly tokens: TokensService,
    private readonly credits: CreditsService,
    private readonly bots: BotsRepository,
  ) {}

  async users({ limit, ...filter }: ParsedInputOf<typeof accounts.adminUsers>): Promise<OutputOf<typeof accounts.adminUsers>> {
    readIdCursor(filter.cursor);
    return pageOf(await this.repository.users(this.em, filter, limit + 1), limit);
  }

  async user(userId: string): Promise<AdminUser> {
    const user = await this.repository.user(this.em, userId);
    if (!user) throw new AppError('user_not_found');
    return user;
  }

  async update(actorId: string, update: Update): Promise<AdminUser> {
    const { userId, role, disabled } = update;
    if (role === undefined && disabled === undefined)
      throw validationError([{ path: ['role'], message: 'give a role, or whether the account is disabled' }]);
    await transact(this.em, async (tx) => {
      const admins = await this.requireAdmin(tx, actorId);
      const user = await tx.findOne(UserEntity, { id: userId });
      if (!user) throw new AppError('user_not_found');
      if (user.closedAt) throw new AppError('account_closed');
      const endsAdmin = disabled === true || role === 'user';
      if (endsAdmin && admins.length === 1 && admins[0] === userId)
        throw new AppError('last_admin', 'This is the last admin who can sign in; make somebody else admin first.');
      if (role !== undefined && role !== user.role) await this.setRole(tx, actorId, user, { ...update, role });
      if (disabled !== undefined && disabled !== (user.disabledAt != null))
        await this.setDisabled(tx, actorId, user, { ...update, disabled });
    });
    // Gateways remember for a while who is who: the change holds only once they are told.
    await this.ends.requireTold();
    return this.user(userId);
  }

  /** The same key again changes nothing. */
  async grant(actorId: string, grant: ParsedInputOf<typeof accounts.adminGrantCredits>): Promise<AdminUser> {
    const { userId, amount, reason } = grant;
    await transact(this.em, async (tx) => {
      await this.requireAdmin(tx, actorId);
      const granted = await this.credits.grant(tx, { ...grant, actorId });
      if (granted) await this.audit.record(tx, { actorId, action: 'user.credits_granted', targetId: userId, reason, details: { amount } });
    });
    return this.user(userId);
  }

  async signOut(actorId: string, { userId, reason }: ParsedInputOf<typeof accounts.adminSignOut>): Promise<void> {
    await transact(this.em, async (tx) => {
      await this.requireAdmin(tx, actorId);
      if (!(await tx.findOne(UserEntity, { id: userId }))) throw new AppError('user_not_found');
      await this.ends.endAll(tx, userId);
      await this.tokens.revokeAll(tx, userId);
      await this.audit.record(tx, { actorId, action: 'user.signed_out', targetId: userId, reason });
    });
    await this.ends.requireTold();
  }

  async ledger({ userId, cursor, limit }: ParsedInputOf<typeof accounts.adminCredits>): Promise<OutputOf<typeof accounts.adminCredits>> {
    const rows = await this.repository.ledger(this.em, userId, readIdCursor(cursor), limit + 1);
    return pageOf(
      rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() })),
      limit,
    );
  }

  /** Here, where roles are decided, no statement of a minute ago counts. @returns all who are admin, locked */
  private async requireAdmin(tx: EntityManager, actorId: string): Promise<string[]> {
    const admins = await this.repository.lockAdmins(tx);
    if (!admins.includes(actorId)) throw new AppError('not_found');
    return admins;
  }

  private async setRole(
    tx: EntityManager,
    actorId: string,
    user: UserEntity,
    update: Update & Required<Pick<Update, 'role'>>,
  ): Promise<void> {
    const { role, reason } = update;
    const details = { from: user.role, to: role };
    user.role = role;
    await tx.flush();
    await this.audit.record(tx, { actorId, action: 'user.role_changed', targetId: user.id, reason, details });
    await this.outbox.add(tx, accountEvents.userRoleChanged, { userId: user.id, role });
  }

  private async setDisabled(
    tx: EntityManager,
    actorId: string,
    user: UserEntity,
    { disabled, reason }: Update & Required<Pick<Update, 'disabled'>>,
  ): Promise<void> {
    const at = new Date();
    user.disabledAt = disabled ? at : null;
    user.disabledReason = disabled ? reason : null;
    await tx.flush();
    if (disabled) await this.ends.endAll(tx, user.id);
    await this.audit.record(tx, { actorId, action: disabled ? 'user.disabled' : 'user.restored', targetId: user.id, reason });
    // Who is shut out has no bots at work either; they are back with their owner.
    for (const userId of [user.id, ...(await this.bots.idsOf(tx, user.id))])
      await this.outbox.add(tx, accountEvents.userDisabled, { userId, disabled, at: at.toISOString(), actorId, reason });
  }
}

function pageOf<T extends { id: string }>(rows: T[], limit: number): { items: T[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
