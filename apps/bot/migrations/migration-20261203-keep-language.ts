import { Migration } from '@mikro-orm/migrations';

/** A reminder is told in the language in which it was set. */
export class KeepLanguage20261203 extends Migration {
  override name = '20261203-keep-language';

  override up(): void {
    this.addSql('alter table reminders add column language text');
  }
}
