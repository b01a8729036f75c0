import { Migration } from '@mikro-orm/migrations';

/** Numbers what somebody prefers, so that an older change that comes late is told from a newer one. */
export class NumberPreferences20261128 extends Migration {
  override async up(): Promise<void> {
    this.addSql('alter table preferences add column version bigint not null default 1');
  }
}
