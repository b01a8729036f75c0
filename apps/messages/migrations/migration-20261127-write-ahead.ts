import { Migration } from '@mikro-orm/migrations';

/** What people have written and not sent, over their devices, and what they send later. A place is a room, or a thread by its root. */
export class WriteAhead20261127 extends Migration {
  override up(): void {
    this.addSql(`
      create table drafts (
        user_id uuid not null,
        room_id uuid not null,
        place_id uuid not null,
        body text not null,
        version integer not null,
        updated_at timestamptz not null,
        primary key (user_id, place_id)
      );
      create index drafts_written on drafts (user_id, updated_at desc) where body <> '';
      create table scheduled_messages (
        id uuid primary key,
        user_id uuid not null,
        room_id uuid not null,
        parent_id uuid,
        body text not null,
        file_ids uuid[] not null,
        client_id text,
        send_at timestamptz not null,
        due_at timestamptz,
        created_at timestamptz not null,
        failure jsonb
      );
      create index scheduled_of_author on scheduled_messages (user_id, send_at, id);
      create index scheduled_due on scheduled_messages (due_at) where due_at is not null;
      create unique index scheduled_once on scheduled_messages (user_id, room_id, client_id) where client_id is not null;
    `);
  }
}
