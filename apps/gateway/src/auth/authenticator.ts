import { AppError } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import type { Identity } from '../http/caller.ts';
import { AccessTokens } from './access-tokens.ts';
import { PersonalTokens } from './personal-tokens.ts';
import { SessionChecks } from './session-checks.ts';

/** An access token with its living session, or a personal one: the ways to become somebody, over HTTP and over the socket. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly tokens: AccessTokens,
    private readonly personalTokens: PersonalTokens,
    private readonly sessions: SessionChecks,
  ) {}

  /** Whether it costs a call to another service to find out that a token is made up. */
  mustAsk(token: string): boolean {
    return this.personalTokens.isNew(token);
  }

  /** @throws AppError `unauthenticated` or `session_revoked` */
  async identify(token: string): Promise<Identity & { expiresAt: number }> {
    if (this.personalTokens.is(token)) return this.personalTokens.identify(token);
    const claims = await this.tokens.verify(token);
    const session = await this.sessions.requireLive(claims.sid);
    if (session.userId !== claims.sub) throw new AppError('unauthenticated');
    return { userId: claims.sub, sessionId: claims.sid, role: session.role, expiresAt: claims.expiresAt };
  }
}
