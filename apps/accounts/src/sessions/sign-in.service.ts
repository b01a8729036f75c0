import { AppError, type Grant, type Origin, type ParsedInputOf, type accounts } from '@atrium/contracts';
import { transact } from '@atrium/database';
import { PasswordHasher } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { SecondStep } from '../two-factor/second-step.ts';
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
    private readonly secondStep: SecondStep,
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
    if (correct && user && (await this.secondStep.isNeeded(user.id))) {
      // The failures stand until the second step is done; of guesses made in parallel, late ones are refused here as well.
      await this.guard.requireOpen(subjects);
      throw await this.secondStep.refusal(user.id);
    }
    await this.guard.book(subjects, correct && user !== null);
    return this.openFor(user?.id, { origin, deviceToken });
  }

  /** The second step. A wrong code counts like a wrong password. */
  async complete({ challenge, code, origin, deviceToken }: ParsedInputOf<typeof accounts.completeLogIn>): Promise<Grant> {
    const userId = await this.secondStep.take(challenge);
    const device = await this.devices.find(this.em, userId, deviceToken);
    const subjects = guardSubjects({ userId, login: '', address: origin.address, device });
    await this.guard.requireOpen(subjects);
    await this.guard.book(subjects, await this.secondStep.answer(challenge, userId, code), 'wrong_code');
    return this.openFor(userId, { origin, deviceToken });
  }

  /** A session of somebody who has shown who they are. */
  openFor(userId: string | undefined, from: From): Promise<Grant> {
    return transact(this.em, async (tx) => this.open(tx, await tx.findOneOrFail(UserEntity, { id: userId }), from));
  }

  private async open(tx: EntityManager, user: UserEntity, { origin, deviceToken }: From): Promise<Grant> {
    if (user.disabledAt) throw new AppError('account_disabled', 'An admin of this server has disabled the account; ask them.');
    const refreshToken = newRefreshToken();
    const sessionId = await this.sessions.open(tx, { userId: user.id, origin, tokenHash: hashRefreshToken(refreshToken) });
    const grant = await this.grants.issue(tx, user, { sessionId, refreshToken });
    return { ...grant, deviceToken: await this.devices.remember(tx, user.id, deviceToken) };
  }
}
