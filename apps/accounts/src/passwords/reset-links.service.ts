import { transact } from '@atrium/database';
import { CONFIG } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { AccountsConfig } from '../config.ts';
import { Mailer } from '../mail/mailer.ts';
import { recoveryAddressOf } from '../users/addresses.ts';
import { UserEntity } from '../users/user.entity.ts';
import { UsersRepository } from '../users/users.repository.ts';
import { RESET_MINUTES, ResetTokens } from './reset-tokens.ts';

/** Mails links to choose a new password. */
@Injectable()
export class ResetLinksService implements OnModuleDestroy {
  private readonly logger = new Logger('accounts');
  private readonly sending = new Set<Promise<void>>();

  constructor(
    private readonly em: EntityManager,
    private readonly users: UsersRepository,
    private readonly tokens: ResetTokens,
    private readonly mailer: Mailer,
    @Inject(CONFIG) private readonly config: AccountsConfig,
  ) {}

  /** Returns at once; whether there is such a person is looked up afterwards, so that the time it takes does not tell. */
  request(usernameOrEmail: string): void {
    const sent = this.send(usernameOrEmail)
      .catch((error: unknown) => this.logger.error({ err: error }, 'a link to choose a new password could not be made'))
      .finally(() => this.sending.delete(sent));
    this.sending.add(sent);
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.sending);
  }

  private async send(login: string): Promise<void> {
    const em = this.em.fork();
    const found = await this.users.findByLogin(em, login);
    if (!found) return;
    const user = await em.findOneOrFail(UserEntity, { id: found.id });
    const to = recoveryAddressOf(user);
    if (to === null && this.mailer.isConfigured) return;
    const token = await transact(em, (tx) => this.tokens.make(tx, user.id));
    if (token) this.mailer.send({ to, subject: 'Choose a new password for Atrium', text: this.textOf(user.username, token) });
  }

  /** Behind the `#`, which browsers send to nobody. The address is the configured one: a request's could be forged. */
  private textOf(username: string, token: string): string {
    const link = new URL(`/reset-password#token=${token}`, this.config.ACCOUNTS_PUBLIC_URL);
    return [
      `Somebody, hopefully you, wants to choose a new password for the account "${username}".`,
      `This link lets you do so. It works once, for ${RESET_MINUTES} minutes:`,
      link.href,
      'If it was not you, there is nothing to do: your password stays as it is.',
    ].join('\n\n');
  }
}
