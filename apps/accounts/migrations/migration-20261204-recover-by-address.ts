import { Migration } from '@mikro-orm/migrations';

/** To which address a link for a new password goes, where the one that is shown was set without the password. Those that are there count. */
export class RecoverByAddress20261204 extends Migration {
  override name = '20261204-recover-by-address';

  override up(): void {
    this.addSql(
      `alter table users add column email_recovers boolean not null default true, add column recovery_email text,
         add column address_notices timestamptz[] not null default '{}'`,
    );
  }
}
