import { Migration } from '@mikro-orm/migrations';

/** What people are up to, for how long, and where their day is. */
export class ShowStatus extends Migration {
  override name = '20261129-show-status';

  override up(): void {
    this.addSql('alter table users add column status_emoji text, add column status_until timestamptz(3), add column time_zone text;');
  }
}
