import type { Grant } from '@atrium/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { CreditsService } from '../credits/credits.service.ts';
import { ACCESS_TOKEN_SECONDS, AccessTokens } from '../signing/access-tokens.ts';
import type { UserEntity } from '../users/user.entity.ts';
import { toUser } from '../users/user.mapper.ts';

/** Makes what a client gets for a sign-in or a refresh. */
@Injectable()
export class GrantIssuer {
  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly credits: CreditsService,
  ) {}

  async issue(tx: EntityManager, user: UserEntity, session: { sessionId: string; refreshToken: string }): Promise<Grant> {
    const accessToken = await this.accessTokens.sign({ sub: user.id, sid: session.sessionId, role: user.role });
    return {
      user: toUser(user, await this.credits.spendable(tx, user.id)),
      accessToken,
      expiresIn: ACCESS_TOKEN_SECONDS,
      refreshToken: session.refreshToken,
    };
  }
}
