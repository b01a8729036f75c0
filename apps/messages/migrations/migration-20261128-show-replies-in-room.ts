import { Migration } from '@mikro-orm/migrations';

/**
 * Replies that the room shows as well. What it shows is found at one place of one index, as before (ADR 17), which is made
 * while messages are read and written: PostgreSQL allows that outside of a transaction only.
 */
export class ShowRepliesInRoom20261128 extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override async up(): Promise<void> {
    this.addSql(`set lock_timeout = '60s'`);
    this.addSql('alter table messages add column if not exists also_in_room boolean not null default false');
    this.addSql('alter table scheduled_messages add column if not exists also_in_room boolean not null default false');
    this.addSql('drop index concurrently if exists messages_in_room');
    this.addSql(
      `create index concurrently messages_in_room on messages (room_id, kind, seq) include (author_id)
        where (parent_id is null or also_in_room) and deleted_at is null`,
    );
    this.addSql('drop index concurrently if exists messages_shown');
    this.addSql('reset lock_timeout');
  }
}
