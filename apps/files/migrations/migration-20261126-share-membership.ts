import { Migration } from '@mikro-orm/migrations';

/**
 * The copy of memberships has the shape that it has in every service that keeps one. What this service did not note before
 * comes with the next fact of the room; nothing here reads it. The views are for instances of the release before, which
 * read on while they are replaced; the next release drops them.
 */
export class ShareMembership extends Migration {
  override name = '20261126-share-membership';

  override up(): void {
    this.addSql(`
      alter table access_rooms rename to rooms;
      alter table rooms rename column room_id to id;
      alter table rooms
        add column visibility text not null default 'private',
        add column slow_mode_seconds integer not null default 0,
        add column bot_enabled boolean not null default true;
      alter table access_members rename to access;
      alter table access add column username text not null default '', add column removed_at timestamptz(3);
      update access set removed_at = now() where not present;
      alter table access drop column present;
      create view access_rooms as select id as room_id, version, who_can_post, history_visibility, archived_at from rooms;
      create view access_members as
        select room_id, user_id, version, removed_at is null as present, role, joined_at, muted_until from access;
    `);
  }
}
