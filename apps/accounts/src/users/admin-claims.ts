import { AppError } from '@atrium/contracts';
import { CONFIG } from '@atrium/service-kit';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { randomInt } from 'node:crypto';
import type { AccountsConfig } from '../config.ts';

/** Without what is read for another: no 0 and O, no 1, I and L. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const GROUPS = 5;

/**
 * Keeps the names of `ACCOUNTS_ADMINS` that nobody has for whoever runs this server: such a name is registered with a
 * code that is printed at the start, and opens nothing once the name has an account. Instances share the codes.
 */
@Injectable()
export class AdminClaims implements OnApplicationBootstrap {
  private readonly logger = new Logger('accounts');

  constructor(
    private readonly em: EntityManager,
    @Inject(CONFIG) private readonly config: AccountsConfig,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const username of this.config.ACCOUNTS_ADMINS) {
      const code = await this.open(username);
      if (code) this.logger.warn(`The admin "${username}" has no account yet. Register this name with the code ${code}`);
    }
  }

  keeps(username: string): boolean {
    return this.config.ACCOUNTS_ADMINS.includes(username);
  }

  /** Refuses a name that is kept before anyone spends time on hashing. @throws AppError `admin_code_required` */
  async requireCode(username: string, code: string | undefined): Promise<void> {
    if (!this.keeps(username)) return;
    const rows = await this.em.execute('select 1 from admin_claims where username = ? and code = ?', [username, plain(code)]);
    if (rows.length === 0) throw refusal(code);
  }

  /** Uses the code up, in the transaction that makes the account. @throws AppError `admin_code_required` */
  async claim(tx: EntityManager, username: string, code: string | undefined): Promise<void> {
    if (!this.keeps(username)) return;
    const rows = await tx.execute('delete from admin_claims where username = ? and code = ? returning username', [username, plain(code)]);
    if (rows.length === 0) throw refusal(code);
  }

  /** The code of a name that has no account, as it should be typed. */
  private async open(username: string): Promise<string | undefined> {
    const { ACCOUNTS_ADMIN_CODE: given } = this.config;
    const [row] = await this.em.fork().execute<{ code: string }[]>(
      `insert into admin_claims (username, code)
       select ?, ? where not exists (select 1 from users where username = ?)
       on conflict (username) do update set code = case when ? then excluded.code else admin_claims.code end
       returning code`,
      [username, given ? plain(given) : newCode(), username, given !== undefined],
    );
    return row && (given ?? row.code.replace(/.{4}(?=.)/g, '$&-'));
  }
}

const newCode = () => Array.from({ length: GROUPS * 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** Typed by a person: case, spaces and dashes mean nothing. */
const plain = (code = '') => code.toUpperCase().replace(/[\s-]/g, '');

const refusal = (code: string | undefined) =>
  code
    ? new AppError('admin_code_required', 'This is not the code of this name. It is in the log of the accounts service.')
    : new AppError('admin_code_required');
