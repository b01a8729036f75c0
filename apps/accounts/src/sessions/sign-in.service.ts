import { type Grant, type Origin, type ParsedInputOf, type accounts } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { PasswordHasher } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { UserEntity } from '../users/user.entity.ts';
import { UsersService } from '../users/users.service.ts';
import { requireUncommon } from '../passwords/common-passwords.ts';
import { GrantIssuer } from './grant-issuer.ts';
import { KnownDevices } from './known-devices.ts';
import { hashRefreshToken, newRefreshToken } from './refresh-tokens.ts';
import { SessionsRepository } from './sessions.repository.ts';
import { SignInGuard, guardSubjects } from './sign-in-guard.ts';

type From = { origin: Origin; deviceToken?: string };

/** The two ways in: a new account, or the password of an old one. */
@Injectable()
export class SignInService {
  constructor(
    private readonly em: EntityManager,
    private readonly users: UsersService,
    private readonly passwords: PasswordHasher,
    private readonly guard: SignInGuard,
    private readonly sessions: SessionsRepository,
    private readonly grants: GrantIssuer,
    private readonly devices: KnownDevices,
  ) {}

  async register({ origin, password, ...draft }: ParsedInputOf<typeof accounts.register>): Promise<Grant> {
    requireUncommon(password, draft);
    await this.users.requireFree(draft);
    const passwordHash = await this.passwords.hash(password);
    return transact(this.em, async (tx) => {
      const user = await this.users.create(tx, { ...draft, passwordHash });
      return this.open(tx, user, { origin });
    });
  }

  async logIn({ username, password, origin, deviceToken }: ParsedInputOf<typeof accounts.logIn>): Promise<Grant> {
    const user = await this.users.findByLogin(username);
    const device = await this.devices.find(this.em, user?.id, deviceToken);
    const subjects = guardSubjects({ userId: user?.id ?? null, login: username, address: origin.address, device });
    await this.guard.requireOpen(subjects);
    const correct = await this.passwords.verify(user?.passwordHash ?? null, password);
    await this.guard.book(subjects, correct && user !== null);
    return transact(this.em, async (tx) => this.open(tx, await tx.findOneOrFail(UserEntity, { id: user?.id }), { origin, deviceToken }));
  }

  private async open(tx: EntityManager, user: UserEntity, { origin, deviceToken }: From): Promise<Grant> {
    const refreshToken = newRefreshToken();
    const sessionId = await this.sessions.open(tx, { userId: user.id, origin, tokenHash: hashRefreshToken(refreshToken) });
    const grant = await this.grants.issue(tx, user, { sessionId, refreshToken });
    return { ...grant, deviceToken: await this.devices.remember(tx, user.id, deviceToken) };
  }
}
