import { dictionaryTable } from '@atrium/database';
import { Migration } from '@mikro-orm/migrations';

/**
 * What messages are searched by. It follows the log (`search_progress`), so that sending pays nothing for it; the rest of
 * a room from before is taken in by and by. What waits to be merged into the index is read by every search, so it is kept
 * short.
 */
export class SearchMessages20261126 extends Migration {
  override async up(): Promise<void> {
    this.addSql(dictionaryTable);
    this.addSql(`
      create table message_search (
        message_id uuid primary key,
        room_id uuid not null,
        created_at timestamptz not null,
        edited_at timestamptz,
        folded text not null,
        words integer not null,
        terms tsvector not null
      );
      create index message_search_terms on message_search using gin (terms) with (gin_pending_list_limit = 512);
      create index message_search_newest on message_search (room_id, created_at desc);
      create table search_progress (room_id uuid primary key, seq integer not null);
    `);
  }
}

/** The rooms of one person, wherever they are. */
export class FindRoomsOfMember20261126 extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override async up(): Promise<void> {
    this.addSql('drop index concurrently if exists access_of_user');
    this.addSql('create index concurrently access_of_user on access (user_id, room_id) where removed_at is null');
  }
}
