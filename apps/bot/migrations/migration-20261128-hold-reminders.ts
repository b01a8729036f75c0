import { Migration } from '@mikro-orm/migrations';

/** A reminder that cannot be told yet keeps the time it is due at, by which its post is known. */
export class HoldReminders20261128 extends Migration {
  override name = '20261128-hold-reminders';

  override up(): void {
    this.addSql('alter table reminders add column not_before timestamptz');
  }
}
