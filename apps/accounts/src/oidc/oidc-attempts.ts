import { Sealer } from '@atrium/service-kit';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';
import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import type { Checks } from './oidc-clients.ts';

const ATTEMPT_MINUTES = 10;

export type Attempt = Checks & { next: string };

/** Sign-ins that went to a provider and are not back yet. Each is finished once, by the browser that began it. */
@Injectable()
export class OidcAttempts {
  constructor(private readonly sealer: Sealer) {}

  async open(em: EntityManager, provider: string, next: string): Promise<Attempt & { browserToken: string }> {
    const attempt = { state: randomState(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier(), next };
    const browserToken = randomBytes(32).toString('base64url');
    const stateHash = hashOf(attempt.state);
    await em.execute(
      `insert into oidc_attempts (state_hash, provider, browser_hash, sealed, expires_at)
       values (?, ?, ?, ?, clock_timestamp() + make_interval(mins => ?))`,
      [stateHash, provider, hashOf(browserToken), this.sealer.seal(JSON.stringify(attempt), placeOf(stateHash)), ATTEMPT_MINUTES],
    );
    return { ...attempt, browserToken };
  }

  /** Uses an attempt up. Undefined for one of another browser or provider, of long ago, or of nobody. */
  async take(em: EntityManager, { provider, browserToken, state }: { provider: string; browserToken: string; state: string }) {
    const stateHash = hashOf(state);
    const [row] = await em.execute<{ sealed: string }[]>(
      `delete from oidc_attempts
        where state_hash = ? and provider = ? and browser_hash = ? and expires_at > clock_timestamp() returning sealed`,
      [stateHash, provider, hashOf(browserToken)],
    );
    return row && (JSON.parse(this.sealer.open(row.sealed, placeOf(stateHash))) as Attempt);
  }

  async purge(em: EntityManager): Promise<void> {
    await em.execute('delete from oidc_attempts where expires_at < clock_timestamp()');
  }
}

const hashOf = (token: string) => createHash('sha256').update(token).digest('hex');
const placeOf = (stateHash: string) => `oidc:${stateHash}`;
