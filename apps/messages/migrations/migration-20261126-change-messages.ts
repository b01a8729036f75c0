import { Migration } from '@mikro-orm/migrations';

/**
 * What happens to messages after they were sent. The text of a deleted one leaves `messages` for `deleted_messages`, from
 * which it is purged; `messages.reactions` sums up `reactions`, so that a page costs the same however many reacted.
 */
export class ChangeMessages20261126 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
      alter table rooms add column edit_window_seconds integer;
      alter table messages add column reactions jsonb;
      create table message_versions (
        message_id uuid not null,
        version integer not null,
        body text not null,
        mentions jsonb,
        at timestamptz not null,
        primary key (message_id, version)
      );
      create table deleted_messages (
        message_id uuid primary key,
        room_id uuid not null,
        author_id uuid not null,
        deleted_by uuid not null,
        deleted_at timestamptz not null,
        reason text,
        body text not null,
        mentions jsonb,
        file_ids uuid[],
        versions jsonb not null
      );
      create index deleted_messages_age on deleted_messages (deleted_at);
      create table reactions (
        message_id uuid not null,
        user_id uuid not null,
        emoji text collate "C" not null,
        seq integer not null,
        at timestamptz not null,
        primary key (message_id, user_id, emoji)
      );
      create index reactions_in_order on reactions (message_id, emoji, seq);
      create table saved_messages (
        user_id uuid not null,
        message_id uuid not null,
        room_id uuid not null,
        saved_at timestamptz not null,
        primary key (user_id, message_id)
      );
      create index saved_messages_newest on saved_messages (user_id, saved_at, message_id);
      create index saved_messages_of_message on saved_messages (message_id);
    `);
  }
}
