import {
  AppError,
  TOKEN_PREFIX,
  accountEvents,
  validationError,
  type AccessToken,
  type Call,
  type OutputOf,
  type ParsedInputOf,
  type accounts,
} from '@atrium/contracts';
import { Outbox, transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import { SessionEnds } from '../sessions/session-ends.ts';
import { TokenRepository, type TokenRow } from './token.repository.ts';

const MOST = 50;

type Draft = Pick<ParsedInputOf<typeof accounts.createToken>, 'name' | 'scopes' | 'expiresAt'>;

/** Tokens with which scripts act for a person, within what they were made for. */
@Injectable()
export class TokensService {
  constructor(
    private readonly em: EntityManager,
    private readonly tokens: TokenRepository,
    private readonly outbox: Outbox,
    private readonly ends: SessionEnds,
  ) {}

  async list(userId: string): Promise<AccessToken[]> {
    return (await this.tokens.list(this.em, userId)).map(toAccessToken);
  }

  async create(
    { actorId, actorRole }: Call & { actorId: string },
    { name, scopes, expiresAt }: ParsedInputOf<typeof accounts.createToken>,
  ): Promise<AccessToken & { token: string }> {
    if (scopes.includes('admin') && actorRole !== 'admin')
      throw new AppError('forbidden', 'Only an admin can make a token for the admin interface.');
    return transact(this.em, (tx) => this.make(tx, actorId, { name, scopes, expiresAt }));
  }

  /** A token of somebody, be it of who asks or of a bot of theirs. */
  async make(tx: EntityManager, userId: string, { name, scopes, expiresAt }: Draft): Promise<AccessToken & { token: string }> {
    const end = expiresAt ? new Date(expiresAt) : null;
    if (end && end.getTime() <= Date.now()) throw validationError([{ path: ['expiresAt'], message: 'must be in the future' }]);
    const token = `${TOKEN_PREFIX}${randomBytes(32).toString('base64url')}`;
    const draft = { userId, hash: hashOf(token), name, scopes: [...new Set(scopes)], expiresAt: end };
    const row = await this.tokens.add(tx, draft, MOST);
    if (!row) throw new AppError('too_many_tokens', `There are ${MOST} access tokens, which is the most; revoke one first.`);
    return { ...toAccessToken(row), token };
  }

  async revoke(userId: string, tokenId: string): Promise<void> {
    await transact(this.em, (tx) => this.end(tx, userId, tokenId));
    await this.ends.requireTold();
  }

  /** @throws AppError `token_not_found` */
  async end(tx: EntityManager, userId: string, tokenId: string): Promise<void> {
    const revoked = await this.tokens.remove(tx, userId, tokenId);
    if (revoked.length === 0) throw new AppError('token_not_found');
    await this.tellEnded(tx, userId, revoked);
  }

  async revokeAll(tx: EntityManager, userId: string): Promise<void> {
    await this.tellEnded(tx, userId, await this.tokens.remove(tx, userId));
  }

  async check(tokenHash: string): Promise<OutputOf<typeof accounts.checkToken>> {
    const found = await this.tokens.findLiving(this.em, tokenHash);
    if (!found) return { token: null };
    await this.tokens.noteUse(this.em, found.id);
    const { bot, ...token } = found;
    return { token: { ...token, expiresAt: isoOf(found.expiresAt), ...(bot && { bot }) } };
  }

  /** For a gateway, a token is a session of its own: it forgets both alike, and closes their sockets. */
  private async tellEnded(tx: EntityManager, userId: string, tokenIds: readonly string[]): Promise<void> {
    for (const sessionId of tokenIds) await this.outbox.add(tx, accountEvents.sessionEnded, { sessionId, userId });
  }
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');

const toAccessToken = ({ createdAt, expiresAt, lastUsedAt, ...row }: TokenRow): AccessToken => ({
  ...row,
  createdAt: new Date(createdAt).toISOString(),
  expiresAt: isoOf(expiresAt),
  lastUsedAt: isoOf(lastUsedAt),
});

const isoOf = (time: string | null) => (time === null ? null : new Date(time).toISOString());
