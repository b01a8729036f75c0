import { Migration } from '@mikro-orm/migrations';

/** Lists of mentions and of threads find their next page at one place of one index, however much else somebody was told of. */
export class FindNotificationsByReason20261126 extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override async up(): Promise<void> {
    this.addSql(`set lock_timeout = '60s'`);
    this.make('notifications_of_mentions', `reasons && '{mention,room,here,moderators}'`);
    this.make('notifications_of_threads', `'thread' = any(reasons)`);
    this.addSql('reset lock_timeout');
  }

  private make(name: string, where: string): void {
    this.addSql(`drop index concurrently if exists ${name}`);
    this.addSql(`create index concurrently ${name} on notifications (user_id, at, message_id) where ${where}`);
  }
}
