import { Migration } from '@mikro-orm/migrations';

/** Whose an address is, which is asked at every sign-in by address. */
export class FindByRecoveryAddress20261204 extends Migration {
  override name = '20261204-find-by-recovery-address';

  override isTransactional(): boolean {
    return false;
  }

  override up(): void {
    this.addSql('drop index concurrently if exists users_recovery_email');
    this.addSql('create index concurrently users_recovery_email on users (lower(recovery_email)) where recovery_email is not null');
  }
}
