import { Migration } from '@mikro-orm/migrations';

/**
 * What people are told of. A notification is a row of one person and one message, but for calls of a whole room, of which
 * one row stands for everybody; `open_pages` is what gateways repeat, so a crash may empty it.
 */
export class NotifyPeople20261126 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
      alter table rooms add column kind text not null default 'room';
      create table notifications (
        user_id uuid not null,
        message_id uuid not null,
        room_id uuid not null,
        seq integer not null,
        thread_id uuid,
        actor_id uuid not null,
        reasons text[] not null,
        at timestamptz not null,
        read_at timestamptz,
        primary key (user_id, message_id)
      );
      create index notifications_newest on notifications (user_id, at, message_id);
      create index notifications_unread on notifications (user_id, at, message_id) where read_at is null;
      create index notifications_unread_of_room on notifications (user_id, room_id, seq) where read_at is null;
      create index notifications_of_message on notifications (message_id);
      create table room_calls (
        message_id uuid primary key,
        room_id uuid not null,
        seq integer not null,
        thread_id uuid,
        author_id uuid not null,
        at timestamptz not null
      );
      create index room_calls_newest on room_calls (room_id, at, message_id);
      create table notification_reads (user_id uuid primary key, up_to timestamptz not null, read_at timestamptz not null);
      create table preferences (user_id uuid primary key, document jsonb not null);
      create table notify_levels (
        room_id uuid not null,
        user_id uuid not null,
        level text not null,
        until timestamptz,
        since timestamptz not null default now(),
        primary key (room_id, user_id)
      );
      create unlogged table open_pages (
        user_id uuid not null,
        gateway_id uuid not null,
        room_ids uuid[] not null,
        until timestamptz not null,
        primary key (user_id, gateway_id)
      );
      create table hidden_rooms (room_id uuid not null, user_id uuid not null, primary key (room_id, user_id));
    `);
  }
}
