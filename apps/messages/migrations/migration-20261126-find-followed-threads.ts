import { Migration } from '@mikro-orm/migrations';

/** What somebody follows over all of their rooms. Made while the table is written. */
export class FindFollowedThreads20261126 extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override async up(): Promise<void> {
    this.addSql(`set lock_timeout = '60s'`);
    this.addSql('drop index concurrently if exists thread_follows_of_person');
    this.addSql('create index concurrently thread_follows_of_person on thread_follows (user_id, root_id) where following');
    this.addSql('reset lock_timeout');
  }
}
