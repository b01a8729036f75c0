import { Migration } from '@mikro-orm/migrations';

/** A device is told in the language of its page. Whoever has not said one is told in English. */
export class PushInLanguages20261204 extends Migration {
  override name = '20261204-push-in-languages';

  override up(): void {
    this.addSql('alter table push_subscriptions add column language text');
  }
}
