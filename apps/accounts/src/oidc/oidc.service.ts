import { AppError, UserProfile, type OutputOf, type ParsedInputOf, type accounts } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { randomInt } from 'node:crypto';
import { SignInService } from '../sessions/sign-in.service.ts';
import { UserEntity } from '../users/user.entity.ts';
import { UsersService } from '../users/users.service.ts';
import { OidcAttempts } from './oidc-attempts.ts';
import { OidcClients, type Claims } from './oidc-clients.ts';
import { usernameFrom } from './username-from.ts';

const NAMES_TRIED = 8;
const START = '/rooms';

/**
 * Signing in by a provider. A person of a provider is an account of their own: an address of e-mail joins nobody to an
 * account that is there, since whoever wrote it there may not have been them.
 */
@Injectable()
export class OidcService {
  constructor(
    private readonly em: EntityManager,
    private readonly clients: OidcClients,
    private readonly attempts: OidcAttempts,
    private readonly users: UsersService,
    private readonly signIn: SignInService,
  ) {}

  providers() {
    return this.clients.list();
  }

  async begin({ provider, next = START }: ParsedInputOf<typeof accounts.beginOidc>): Promise<OutputOf<typeof accounts.beginOidc>> {
    this.clients.require(provider);
    const { browserToken, ...checks } = await this.attempts.open(this.em, provider, next);
    return { url: await this.clients.addressOf(provider, checks), browserToken };
  }

  async finish(input: ParsedInputOf<typeof accounts.finishOidc>): Promise<OutputOf<typeof accounts.finishOidc>> {
    const { provider, browserToken, query, origin, deviceToken } = input;
    const state = new URLSearchParams(query).get('state') ?? '';
    const attempt = await this.attempts.take(this.em, { provider, browserToken, state });
    if (!attempt) throw new AppError('provider_refused', 'This sign-in was not begun here, or took too long.');
    const claims = await this.clients.identify(provider, query, attempt);
    const known = await this.find(provider, claims.subject);
    if (known && claims.email) await this.users.trustAddress(known, claims.email);
    const userId = known ?? (await this.register(provider, claims));
    return { grant: await this.signIn.openFor(userId, { origin, deviceToken }), next: attempt.next };
  }

  private async find(provider: string, subject: string): Promise<string | undefined> {
    const [row] = await this.em.execute<{ userId: string }[]>(
      'select user_id "userId" from identities where provider = ? and subject = ?',
      [provider, subject],
    );
    return row?.userId;
  }

  private async register(provider: string, claims: Claims): Promise<string> {
    const username = await this.freeUsername(claims);
    const displayName = await this.ownDisplayName(claims.displayName);
    const email = claims.email && (await this.users.findByLogin(claims.email)) ? undefined : claims.email;
    return transact(this.em, async (tx) => {
      const user: UserEntity = await this.users.create(tx, { username, displayName, email, passwordHash: null });
      await tx.execute('insert into identities (provider, subject, user_id) values (?, ?, ?)', [provider, claims.subject, user.id]);
      return user.id;
    });
  }

  private async freeUsername(claims: Claims): Promise<string> {
    const wanted = usernameFrom(claims.username ?? claims.email ?? claims.displayName ?? '');
    for (let tried = 0; tried < NAMES_TRIED; tried++) {
      const username = tried === 0 ? wanted : `${wanted}-${randomInt(10 ** Math.min(6, tried + 1))}`;
      if (await accepts(this.users.requireFree({ username }))) return username;
    }
    throw new AppError('username_taken');
  }

  private async ownDisplayName(said: string | undefined): Promise<string | undefined> {
    const parsed = UserProfile.shape.displayName.safeParse(said);
    return parsed.success && (await accepts(this.users.requireOwnDisplayName(parsed.data))) ? parsed.data : undefined;
  }
}

/** Whether a check lets something pass; what is no refusal of ours goes on. */
async function accepts(check: Promise<void>): Promise<boolean> {
  try {
    await check;
    return true;
  } catch (error) {
    if (error instanceof AppError && error.status < 500) return false;
    throw error;
  }
}
