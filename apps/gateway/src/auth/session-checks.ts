import { Recent, RpcClient } from '@atrium/bus';
import { AppError, accounts } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';

export type LiveSession = { userId: string; role: 'user' | 'admin' };
type Remembered = { session: Promise<LiveSession>; until: number };

const REMEMBER_MS = 30_000;
/** At least as long as an access token lives: after that the token refuses itself. */
const REMEMBER_ENDED_MS = 20 * 60_000;
const REMEMBERED = 10_000;
const MAX_ENDED = 20_000;

/**
 * Whether sessions live, asked of accounts at most once in 30 s each. The live event of an ended session counts at
 * once, also against an answer that was under way when it came.
 */
@Injectable()
export class SessionChecks {
  private readonly remembered = new Recent<Remembered>(REMEMBERED);
  private readonly ended = new Map<string, number>();

  constructor(private readonly rpc: RpcClient) {}

  /** @throws AppError `session_revoked` when the session has ended */
  async requireLive(sessionId: string): Promise<LiveSession> {
    const known = this.remembered.get(sessionId);
    const session = await (known && known.until > Date.now() ? known.session : this.ask(sessionId));
    if (this.ended.has(sessionId)) throw new AppError('session_revoked');
    return session;
  }

  hasEnded(sessionId: string): boolean {
    return this.ended.has(sessionId);
  }

  /** Told by the live event; also drops what is old, so that the memory stays bounded. */
  markEnded(sessionId: string): void {
    const now = Date.now();
    for (const [id, at] of this.ended) {
      if (at > now - REMEMBER_ENDED_MS && this.ended.size < MAX_ENDED) break;
      this.ended.delete(id);
    }
    this.ended.set(sessionId, now);
    this.remembered.delete(sessionId);
  }

  /** Forgets every answer: after the bus was away, an end may have gone unheard. */
  forgetAll(): void {
    this.remembered.clear();
  }

  private ask(sessionId: string): Promise<LiveSession> {
    const session = this.fetch(sessionId);
    this.remembered.set(sessionId, { session, until: Date.now() + REMEMBER_MS });
    // A refusal is not remembered, nor is a failure to ask.
    session.catch(() => {
      if (this.remembered.get(sessionId)?.session === session) this.remembered.delete(sessionId);
    });
    return session;
  }

  private async fetch(sessionId: string): Promise<LiveSession> {
    const { active, userId, role } = await this.rpc.call(accounts.checkSession, { sessionId });
    if (!active || userId === null || role === null) throw new AppError('session_revoked');
    return { userId, role };
  }
}
