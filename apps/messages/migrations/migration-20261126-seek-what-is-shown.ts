import { Migration } from '@mikro-orm/migrations';

/**
 * Each question about a room finds what it shows at one place of one index, however much was said (ADR 17). Made while
 * messages are read and written, which PostgreSQL allows outside of a transaction only; what an interrupted start left
 * half made is made again.
 */
export class SeekWhatIsShown20261126 extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override async up(): Promise<void> {
    this.addSql(`set lock_timeout = '60s'`);
    this.make('messages_shown', 'messages (room_id, kind, seq) include (author_id) where parent_id is null and deleted_at is null');
    this.make('messages_author_shown', 'messages (room_id, author_id, seq) where parent_id is null');
    this.make('messages_author_replies', 'messages (room_id, author_id, seq) where parent_id is not null');
    this.make('messages_threads', 'messages (room_id, last_reply_at, seq) where reply_count > 0');
    this.make('mentions_of_member', 'mentions (room_id, user_id, seq) where user_id is not null');
    this.make('mentions_of_audience', 'mentions (room_id, audience, seq) where user_id is null');
    this.make('thread_follows_of_member', 'thread_follows (room_id, user_id, root_id) where following');
    for (const replaced of ['messages_author', 'messages_thread_roots', 'mentions_of_user', 'thread_follows_of_user'])
      this.addSql(`drop index concurrently if exists ${replaced}`);
    this.addSql('reset lock_timeout');
  }

  private make(name: string, on: string): void {
    this.addSql(`drop index concurrently if exists ${name}`);
    this.addSql(`create index concurrently ${name} on ${on}`);
  }
}
