import { AppError, accountEvents, type AccessToken, type BotAccount, type ParsedInputOf, type accounts } from '@atrium/contracts';
import { AuditLog, oneAtATime, Outbox, transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { AvatarsService } from '../avatars/avatars.service.ts';
import { SessionEnds } from '../sessions/session-ends.ts';
import { TokensService } from '../tokens/tokens.service.ts';
import { UserEntity } from '../users/user.entity.ts';
import { UsersService } from '../users/users.service.ts';
import { BotsRepository, type BotRow } from './bots.repository.ts';
import { usernamesFrom } from './usernames-from.ts';

const MOST = 20;

/** Accounts of programs, for those who own them. */
@Injectable()
export class BotsService {
  constructor(
    private readonly em: EntityManager,
    private readonly bots: BotsRepository,
    private readonly users: UsersService,
    private readonly avatars: AvatarsService,
    private readonly tokens: TokensService,
    private readonly ends: SessionEnds,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  async list(ownerId: string): Promise<BotAccount[]> {
    const rows = await this.bots.list(this.em, ownerId);
    const items: BotAccount[] = [];
    for (const row of rows) items.push(await this.toAccount(row));
    return items;
  }

  async get(actorId: string, botId: string): Promise<BotAccount> {
    const row = await this.bots.findFor(this.em, actorId, botId);
    if (!row) throw new AppError('bot_not_found');
    return this.toAccount(row);
  }

  async create(ownerId: string, draft: ParsedInputOf<typeof accounts.createBot>): Promise<BotAccount & { token: string }> {
    const { name, description, scopes } = draft;
    const username = draft.username ?? (await this.freeUsername(name));
    await this.users.requireFree({ username, displayName: name });
    const { token, id } = await transact(this.em, async (tx) => {
      await oneAtATime(tx, `bots ${ownerId}`);
      const owner = await tx.findOneOrFail(UserEntity, { id: ownerId });
      if (owner.isBot) throw new AppError('forbidden', 'A bot owns no bots.');
      const bot = await this.users.create(tx, { username, displayName: name, passwordHash: null, isBot: true });
      if (!(await this.bots.add(tx, { id: bot.id, ownerId, description }, MOST)))
        throw new AppError('too_many_bots', `You have ${MOST} bots, which is the most; remove one first.`);
      const made = await this.tokens.make(tx, bot.id, { name: 'first token', scopes, expiresAt: null });
      await this.audit.record(tx, { actorId: ownerId, action: 'bot.created', targetId: bot.id, details: { username, scopes } });
      return { token: made.token, id: bot.id };
    });
    return { ...(await this.get(ownerId, id)), token };
  }

  async update(ownerId: string, { botId, name, description }: ParsedInputOf<typeof accounts.updateBot>): Promise<BotAccount> {
    await transact(this.em, async (tx) => {
      await this.requireOwn(tx, ownerId, botId);
      if (name !== undefined) await this.users.change(tx, botId, { displayName: name });
      if (description !== undefined) await this.bots.describe(tx, botId, description);
      await this.audit.record(tx, { actorId: ownerId, action: 'bot.changed', targetId: botId, details: { name, description } });
    });
    return this.get(ownerId, botId);
  }

  async setAvatar(ownerId: string, { botId, webp }: ParsedInputOf<typeof accounts.setBotAvatar>): Promise<BotAccount> {
    await transact(this.em, async (tx) => {
      await this.requireOwn(tx, ownerId, botId);
      await this.avatars.replace(tx, botId, webp);
      await this.audit.record(tx, {
        actorId: ownerId,
        action: 'bot.changed',
        targetId: botId,
        details: { picture: webp === null ? 'removed' : 'changed' },
      });
    });
    return this.get(ownerId, botId);
  }

  async remove(ownerId: string, botId: string): Promise<void> {
    await transact(this.em, async (tx) => {
      await this.requireOwn(tx, ownerId, botId);
      await this.end(tx, ownerId, botId);
    });
    await this.ends.requireTold();
  }

  /** Those of somebody who goes go with them. */
  async removeAllOf(tx: EntityManager, ownerId: string): Promise<void> {
    for (const botId of await this.bots.idsOf(tx, ownerId)) await this.end(tx, ownerId, botId);
  }

  private async end(tx: EntityManager, ownerId: string, botId: string): Promise<void> {
    await this.tokens.revokeAll(tx, botId);
    await this.bots.remove(tx, botId);
    await this.audit.record(tx, { actorId: ownerId, action: 'bot.removed', targetId: botId });
    await this.outbox.add(tx, accountEvents.botRemoved, { botId, ownerId, at: new Date().toISOString() });
  }

  createToken(
    ownerId: string,
    { botId, ...draft }: ParsedInputOf<typeof accounts.createBotToken>,
  ): Promise<AccessToken & { token: string }> {
    return transact(this.em, async (tx) => {
      await this.requireOwn(tx, ownerId, botId);
      const made = await this.tokens.make(tx, botId, draft);
      await this.audit.record(tx, {
        actorId: ownerId,
        action: 'bot.token_created',
        targetId: botId,
        details: { name: made.name, scopes: made.scopes },
      });
      return made;
    });
  }

  async revokeToken(ownerId: string, { botId, tokenId }: ParsedInputOf<typeof accounts.revokeBotToken>): Promise<void> {
    await transact(this.em, async (tx) => {
      await this.requireOwn(tx, ownerId, botId);
      await this.tokens.end(tx, botId, tokenId);
      await this.audit.record(tx, { actorId: ownerId, action: 'bot.token_revoked', targetId: botId, details: { tokenId } });
    });
    await this.ends.requireTold();
  }

  private async requireOwn(tx: EntityManager, ownerId: string, botId: string): Promise<BotRow> {
    const row = await this.bots.findOwn(tx, ownerId, botId);
    if (!row) throw new AppError('bot_not_found');
    return row;
  }

  private async freeUsername(name: string): Promise<string> {
    for (const username of usernamesFrom(name)) if (!(await this.users.findByLogin(username))) return username;
    throw new AppError('username_taken', 'No username could be made from this name that is free: give one.');
  }

  private async toAccount({ createdAt, disabledAt, ...row }: BotRow): Promise<BotAccount> {
    return {
      ...row,
      createdAt: new Date(createdAt).toISOString(),
      disabledAt: disabledAt === null ? null : new Date(disabledAt).toISOString(),
      tokens: await this.tokens.list(row.id),
    };
  }
}
