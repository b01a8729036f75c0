import type { Origin } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from '@mikro-orm/postgresql';
import { newRotationKey } from './refresh-tokens.ts';
import type { SessionEndReason } from './session.entity.ts';

export const REFRESH_TOKEN_DAYS = 30;
/** How long what has expired is kept: someone who comes with a token of that age shows that another used it before. */
const EVIDENCE_DAYS = 30;

/** A refresh token with its session, both locked until the transaction ends. */
export type LockedToken = {
  hash: string;
  sessionId: string;
  userId: string;
  rotationKey: string;
  address: string;
  userAgent: string;
  sessionEnded: boolean;
  expired: boolean;
  rotatedAgoMs: number | null;
  successorHash: string | null;
};

/** Sessions and their tokens, judged by the database's clock so that all instances agree. */
@Injectable()
export class SessionsRepository {
  async open(tx: EntityManager, session: { userId: string; origin: Origin; tokenHash: string }): Promise<string> {
    const id = uuidv7();
    await tx.execute(
      `insert into sessions (id, user_id, expires_at, address, user_agent, rotation_key)
       values (?, ?, clock_timestamp() + make_interval(days => ?), ?, ?, ?)`,
      [id, session.userId, REFRESH_TOKEN_DAYS, session.origin.address, session.origin.userAgent, newRotationKey()],
    );
    await this.addToken(tx, id, session.tokenHash);
    return id;
  }

  async lockToken(tx: EntityManager, hash: string): Promise<LockedToken | null> {
    const [row] = await tx.execute<LockedToken[]>(
      `select t.hash, t.session_id "sessionId", s.user_id "userId", s.rotation_key "rotationKey", s.address,
              s.user_agent "userAgent", s.ended_at is not null "sessionEnded",
              t.expires_at <= clock_timestamp() "expired", t.successor_hash "successorHash",
              (extract(epoch from clock_timestamp() - t.rotated_at) * 1000)::float8 "rotatedAgoMs"
         from refresh_tokens t join sessions s on s.id = t.session_id
        where t.hash = ?
          for update`,
      [hash],
    );
    return row ?? null;
  }

  async isUnused(tx: EntityManager, hash: string): Promise<boolean> {
    const rows = await tx.execute('select 1 from refresh_tokens where hash = ? and rotated_at is null', [hash]);
    return rows.length > 0;
  }

  /** Replaces a token by its successor and notes where the session was seen last. */
  async rotate(tx: EntityManager, token: LockedToken, successorHash: string, origin: Origin): Promise<void> {
    await tx.execute('update refresh_tokens set rotated_at = clock_timestamp(), successor_hash = ? where hash = ?', [
      successorHash,
      token.hash,
    ]);
    await this.addToken(tx, token.sessionId, successorHash);
    await tx.execute(
      `update sessions set last_used_at = clock_timestamp(), address = ?, user_agent = ?,
              expires_at = clock_timestamp() + make_interval(days => ?) where id = ?`,
      [origin.address, origin.userAgent, REFRESH_TOKEN_DAYS, token.sessionId],
    );
  }

  /** Ends a session unless it has ended; answers whether this call did. */
  async end(tx: EntityManager, sessionId: string, reason: SessionEndReason): Promise<boolean> {
    const rows = await tx.execute(
      'update sessions set ended_at = clock_timestamp(), end_reason = ? where id = ? and ended_at is null returning id',
      [reason, sessionId],
    );
    return rows.length > 0;
  }

  /** Ends what a person has open, but for the session that is kept. @returns those that this call ended */
  async endAll(tx: EntityManager, userId: string, keptSessionId?: string): Promise<string[]> {
    const rows = await tx.execute<{ id: string }[]>(
      `update sessions set ended_at = clock_timestamp(), end_reason = 'ended'
        where user_id = ? and ended_at is null and id is distinct from ?::uuid returning id`,
      [userId, keptSessionId ?? null],
    );
    return rows.map(({ id }) => id);
  }

  /** Forgets sessions and used tokens nobody can use any more, once they are too old to be evidence either. */
  async purge(em: EntityManager): Promise<void> {
    await em.execute(
      `delete from sessions where id in (
         select id from sessions where expires_at < now() - make_interval(days => ?) limit 1000)`,
      [EVIDENCE_DAYS],
    );
    // A session that is used lives for ever, and leaves a token behind every quarter of an hour.
    await em.execute(
      `delete from refresh_tokens where hash in (
         select hash from refresh_tokens
          where rotated_at is not null and expires_at < now() - make_interval(days => ?) limit 5000)`,
      [EVIDENCE_DAYS],
    );
  }

  private async addToken(tx: EntityManager, sessionId: string, hash: string): Promise<void> {
    await tx.execute(
      `insert into refresh_tokens (hash, session_id, expires_at)
       values (?, ?, clock_timestamp() + make_interval(days => ?))`,
      [hash, sessionId, REFRESH_TOKEN_DAYS],
    );
  }
}
