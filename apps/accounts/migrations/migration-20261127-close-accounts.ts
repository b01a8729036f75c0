import { Migration } from '@mikro-orm/migrations';

/** Accounts that their owners close. The row stays, without anything about the person. */
export class CloseAccounts extends Migration {
  override name = '20261127-close-accounts';

  override up(): void {
    this.addSql('alter table users add column closed_at timestamptz;');
  }
}
