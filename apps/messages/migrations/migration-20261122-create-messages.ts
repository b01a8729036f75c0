import { outboxTables } from '@atrium/database';
import { Migration } from '@mikro-orm/migrations';

/**
 * The room's log lives in two tables that share one counter: `messages` holds the entries that are messages,
 * `entries` all others. `rooms.last_seq` is the counter; whoever writes an entry holds that row's lock.
 */
export class CreateMessages20261122 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
      create table rooms (
        id uuid primary key,
        epoch uuid not null default gen_random_uuid(),
        last_seq integer not null default 0,
        version integer not null default 0,
        visibility text not null,
        who_can_post text not null,
        slow_mode_seconds integer not null,
        history_visibility text not null,
        archived_at timestamptz
      );
      create table access (
        room_id uuid not null,
        user_id uuid not null,
        username text not null,
        role text not null,
        muted_until timestamptz,
        joined_at timestamptz not null,
        joined_seq integer not null,
        removed_at timestamptz,
        version integer not null,
        primary key (room_id, user_id)
      );
      create index access_username on access (room_id, username) where removed_at is null;
      create table messages (
        id uuid primary key,
        room_id uuid not null,
        seq integer not null,
        client_id text,
        author_id uuid not null,
        kind text not null,
        body text not null,
        mentions jsonb,
        parent_id uuid,
        file_ids uuid[],
        reply_count integer not null default 0,
        last_reply_at timestamptz,
        pinned_at timestamptz,
        pinned_by uuid,
        version integer not null default 1,
        edited_at timestamptz,
        deleted_at timestamptz,
        created_at timestamptz not null
      );
      create unique index messages_room_seq on messages (room_id, seq);
      create unique index messages_client_id on messages (room_id, author_id, client_id) where client_id is not null;
      create index messages_author on messages (room_id, author_id, seq);
      create index messages_thread on messages (parent_id, seq) where parent_id is not null;
      create index messages_thread_roots on messages (room_id, last_reply_at) where reply_count > 0;
      create index messages_pins on messages (room_id, pinned_at) where pinned_at is not null;
      create table entries (
        room_id uuid not null,
        seq integer not null,
        type text not null,
        at timestamptz not null,
        actor_id uuid,
        message_id uuid,
        data jsonb not null,
        primary key (room_id, seq)
      );
      create table mentions (
        room_id uuid not null,
        seq integer not null,
        audience text not null,
        user_id uuid,
        message_id uuid not null
      );
      create index mentions_of_user on mentions (room_id, user_id, seq);
      create table read_markers (
        room_id uuid not null,
        user_id uuid not null,
        seq integer not null,
        own_after integer not null default 0,
        primary key (room_id, user_id)
      );
      create table thread_follows (
        root_id uuid not null,
        user_id uuid not null,
        room_id uuid not null,
        following boolean not null,
        read_seq integer not null,
        primary key (root_id, user_id)
      );
      create index thread_follows_of_user on thread_follows (room_id, user_id) where following;
      create table files (
        id uuid primary key,
        room_id uuid not null,
        name text not null,
        content_type text not null,
        size bigint not null,
        status text not null,
        deleted_at timestamptz
      );
      ${outboxTables}
    `);
  }
}
