import { AppError, validationError, type ParsedInputOf, type User, type accounts } from '@atrium/contracts';
import { afterCommit, transact } from '@atrium/database';
import { CONFIG } from '@atrium/service-kit';
import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import type { AccountsConfig } from '../config.ts';
import { Mailer, type Mail } from '../mail/mailer.ts';
import { PasswordConfirmation } from '../passwords/password-confirmation.ts';
import { ResetTokens } from '../passwords/reset-tokens.ts';
import { recoveryAddressOf, showing, type Addresses } from './addresses.ts';
import { UserEntity } from './user.entity.ts';
import { UsersRepository } from './users.repository.ts';
import { UsersService } from './users.service.ts';

/** What people change of their own account. Where it is the address, the one that counted so far is told. */
@Injectable()
export class OwnProfileService {
  constructor(
    private readonly em: EntityManager,
    private readonly users: UsersService,
    private readonly repository: UsersRepository,
    private readonly confirmation: PasswordConfirmation,
    private readonly tokens: ResetTokens,
    private readonly mailer: Mailer,
    @Inject(CONFIG) private readonly config: AccountsConfig,
  ) {}

  /** @throws AppError `wrong_password` or `too_many_attempts`, if a password is given */
  async update(userId: string, { currentPassword, ...patch }: ParsedInputOf<typeof accounts.updateMe>): Promise<User> {
    const confirmed = currentPassword !== undefined;
    if (confirmed) await this.confirmation.require(userId, currentPassword);
    return transact(this.em, async (tx) => {
      if (patch.avatarUrl) await requireOwnPicture(tx, userId, patch.avatarUrl);
      if (patch.email === undefined) return this.users.change(tx, userId, patch);
      const user = await tx.findOne(UserEntity, { id: userId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!user) throw new AppError('unauthenticated');
      const before: Addresses = { email: user.email, emailRecovers: user.emailRecovers, recoveryEmail: user.recoveryEmail };
      const after = showing(patch.email, before, confirmed);
      const changed = await this.users.change(tx, userId, { ...patch, ...after });
      await this.follow(tx, user, before, after);
      return changed;
    });
  }

  private async follow(tx: EntityManager, { id, username }: UserEntity, before: Addresses, after: Addresses): Promise<void> {
    const former = recoveryAddressOf(before);
    const moved = recoveryAddressOf(after) !== former;
    // A link that lies in the former mailbox must not outlive the move.
    if (moved) await this.tokens.voidAll(tx, id);
    const left = after.email !== before.email && !after.emailRecovers;
    if (former === null || !(moved || left) || !(await this.repository.noteNotice(tx, id))) return;
    afterCommit(tx, () => this.mailer.send(this.notice(former, username, moved)));
  }

  /** The new address stays untold: who reads the former mailbox need not be its owner any more. */
  private notice(to: string, username: string, moved: boolean): Mail {
    return {
      to,
      subject: 'The e-mail address of your Atrium account was changed',
      text: [
        `Somebody, hopefully you, changed the e-mail address of the account "${username}".`,
        moved
          ? 'It was confirmed with the password: links to choose a new password no longer come to this address.'
          : 'It was not confirmed with the password: links to choose a new password still come to this address alone.',
        moved
          ? 'If it was not you, somebody knows your password: sign in, choose a new one, and ask whoever runs this server if you cannot:'
          : 'If it was not you, somebody uses a session of yours: sign in, choose a new password, which ends every other session, and look at your access tokens and bots:',
        new URL('/profile/security', this.config.ACCOUNTS_PUBLIC_URL).href,
      ].join('\n\n'),
    };
  }
}

/** Another place of this server would be asked for by everybody who sees it, with what they are signed in as. */
async function requireOwnPicture(tx: EntityManager, userId: string, avatarUrl: string): Promise<void> {
  const own = `select '/api/avatars/' || id from avatars where user_id = ? union all select avatar_url from users where id = ?`;
  const rows = await tx.execute(`select 1 where ? in (${own})`, [avatarUrl, userId, userId]);
  if (rows.length === 0) throw validationError([{ path: ['avatarUrl'], message: 'must be a picture that was uploaded here' }]);
}
