import { AppError, type Grant, type ParsedInputOf, type Session, type UserRole, type accounts } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, Logger } from '@nestjs/common';
import type { z } from 'zod';
import { UserEntity } from '../users/user.entity.ts';
import { GrantIssuer } from './grant-issuer.ts';
import { hashRefreshToken, successorOf } from './refresh-tokens.ts';
import { judgeRefresh, type RotationVerdict } from './rotation.ts';
import { SessionEnds } from './session-ends.ts';
import { SessionEntity } from './session.entity.ts';
import { toSession } from './session.mapper.ts';
import { SessionsRepository, type LockedToken } from './sessions.repository.ts';

type SessionState = { active: boolean; userId: string | null; role: z.output<typeof UserRole> | null };
type Use = ParsedInputOf<typeof accounts.refresh> & { arrivedAt: number };
type Refreshed = { verdict: RotationVerdict | 'unknown'; grant?: Grant };

/** What happens to a session after signing in: refreshing, ending, listing. */
@Injectable()
export class SessionsService {
  private readonly logger = new Logger('accounts');

  constructor(
    private readonly em: EntityManager,
    private readonly sessions: SessionsRepository,
    private readonly grants: GrantIssuer,
    private readonly ends: SessionEnds,
  ) {}

  async refresh(use: ParsedInputOf<typeof accounts.refresh>): Promise<Grant> {
    const arrivedAt = performance.now();
    // The verdict leaves the transaction as a value: a refusal that ends the session has to commit.
    const { verdict, grant } = await transact(this.em, (tx) => this.applyRefresh(tx, { ...use, arrivedAt }));
    if (grant) return grant;
    if (verdict === 'reused' || verdict === 'ended') throw new AppError('session_revoked');
    throw new AppError('unauthenticated', 'The refresh token is not valid.');
  }

  async logOut(refreshToken: string): Promise<void> {
    await transact(this.em, async (tx) => {
      const token = await this.sessions.lockToken(tx, hashRefreshToken(refreshToken));
      if (token) await this.ends.end(tx, token, 'logged_out');
    });
    await this.ends.requireTold();
  }

  async list(userId: string, currentSessionId?: string): Promise<Session[]> {
    const rows = await this.em.find(
      SessionEntity,
      { userId, endedAt: null, expiresAt: { $gt: new Date() } },
      { orderBy: { lastUsedAt: 'desc' }, limit: 200 },
    );
    return rows.map((row) => toSession(row, currentSessionId));
  }

  async endOwn(userId: string, sessionId: string): Promise<void> {
    await transact(this.em, async (tx) => {
      const session = await tx.findOne(SessionEntity, { id: sessionId, userId });
      if (!session) throw new AppError('session_not_found');
      await this.ends.end(tx, { sessionId, userId }, 'ended');
    });
    await this.ends.requireTold();
  }

  async check(sessionId: string): Promise<SessionState> {
    const session = await this.em.findOne(SessionEntity, { id: sessionId, endedAt: null, expiresAt: { $gt: new Date() } });
    if (!session) return { active: false, userId: null, role: null };
    const user = await this.em.findOneOrFail(UserEntity, { id: session.userId });
    if (user.disabledAt) return { active: false, userId: null, role: null };
    return { active: true, userId: user.id, role: user.role };
  }

  private async applyRefresh(tx: EntityManager, { refreshToken, origin, fromBrowser, arrivedAt }: Use): Promise<Refreshed> {
    const token = await this.sessions.lockToken(tx, hashRefreshToken(refreshToken));
    if (!token) return { verdict: 'unknown' };
    const successor = successorOf(refreshToken, token.rotationKey);
    const verdict = judgeRefresh({
      ...token,
      fromBrowser,
      // Spans of time, not times of day: this clock and the database's need not agree.
      rotatedMeanwhile: token.rotatedAgoMs !== null && token.rotatedAgoMs < performance.now() - arrivedAt,
      successorUnused: token.successorHash !== null && (await this.sessions.isUnused(tx, token.successorHash)),
      sameClient: token.address === origin.address && token.userAgent === origin.userAgent,
    });
    if (verdict === 'rotate') await this.sessions.rotate(tx, token, hashRefreshToken(successor), origin);
    if (verdict === 'reused') await this.endForReuse(tx, token);
    if (verdict !== 'rotate' && verdict !== 'repeat') return { verdict };
    const user = await tx.findOneOrFail(UserEntity, { id: token.userId });
    if (user.disabledAt) return { verdict: 'ended' };
    return { verdict, grant: await this.grants.issue(tx, user, { sessionId: token.sessionId, refreshToken: successor }) };
  }

  private async endForReuse(tx: EntityManager, token: LockedToken): Promise<void> {
    this.logger.warn({ sessionId: token.sessionId, userId: token.userId }, 'a refresh token was used again; the session is revoked');
    await this.ends.end(tx, token, 'token_reused');
  }
}
