import { Recent, RpcClient } from '@atrium/bus';
import { AppError, TOKEN_PREFIX, accounts } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { Identity } from '../http/caller.ts';
import { SessionChecks } from './session-checks.ts';

type Known = { identity: Promise<Identity & { expiresAt: number }>; until: number };

const REMEMBER_MS = 30_000;
const REMEMBERED = 5_000;

/**
 * Who comes with a personal access token, asked of accounts at most once in 30 s each, by the hash. A token is a session
 * of its own: when it is revoked, accounts tells so like the end of a session.
 */
@Injectable()
export class PersonalTokens {
  private readonly known = new Recent<Known>(REMEMBERED);

  constructor(
    private readonly rpc: RpcClient,
    private readonly sessions: SessionChecks,
  ) {}

  is(token: string): boolean {
    return token.startsWith(TOKEN_PREFIX);
  }

  /** Whether accounts has to be asked who comes with it. */
  isNew(token: string): boolean {
    return this.is(token) && this.remembered(hashOf(token)) === undefined;
  }

  /** @throws AppError `unauthenticated` when it is unknown, revoked or expired */
  async identify(token: string): Promise<Identity & { expiresAt: number }> {
    const hash = hashOf(token);
    const identity = await (this.remembered(hash) ?? this.ask(hash));
    if (this.sessions.hasEnded(identity.sessionId) || identity.expiresAt <= Date.now()) throw refusal();
    return identity;
  }

  /** Forgets every answer: somebody's role has changed, or their account was shut. */
  forgetAll(): void {
    this.known.clear();
  }

  private remembered(hash: string): Known['identity'] | undefined {
    const known = this.known.get(hash);
    return known && known.until > Date.now() ? known.identity : undefined;
  }

  private ask(hash: string): Promise<Identity & { expiresAt: number }> {
    const identity = this.fetch(hash);
    this.known.set(hash, { identity, until: Date.now() + REMEMBER_MS });
    // Neither a refusal nor a failure to ask is remembered.
    identity.catch(() => {
      if (this.known.get(hash)?.identity === identity) this.known.delete(hash);
    });
    return identity;
  }

  private async fetch(tokenHash: string): Promise<Identity & { expiresAt: number }> {
    const { token } = await this.rpc.call(accounts.checkToken, { tokenHash });
    if (!token) throw refusal();
    const { id, userId, scopes, expiresAt, bot } = token;
    const role = token.role === 'admin' && scopes.includes('admin') ? 'admin' : 'user';
    const end = expiresAt ? Date.parse(expiresAt) : Number.POSITIVE_INFINITY;
    return { userId, sessionId: id, role, scopes, expiresAt: end, ...(bot && { bot }) };
  }
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');
const refusal = () => new AppError('unauthenticated', 'This access token is unknown, revoked or expired.');
