import { Migration } from '@mikro-orm/migrations';

/**
 * Bans, mutes, invites, the lobby, raised hands and favourites. A host who is away stays host, so absences of the former
 * kind are forgotten: whoever led a room when this ran goes on leading it.
 */
export class KeepOrder20261126 extends Migration {
  override name = '20261126-keep-order';

  override up(): void {
    this.addSql(`
      alter table rooms
        add column lobby boolean not null default false,
        add column host_away_days int not null default 30 check (host_away_days between 0 and 3650),
        add column acting_host_id uuid,
        add column link_key text not null default translate(gen_random_uuid()::text, '-', '');
      alter table members
        add column hand_raised_at timestamptz(3),
        add column favourite boolean not null default false;
      delete from host_absences;

      create table bans (
        room_id uuid not null references rooms,
        user_id uuid not null references profiles,
        banned_by uuid not null,
        reason text,
        banned_at timestamptz(3) not null,
        until timestamptz(3),
        primary key (room_id, user_id)
      );
      create table mutes (
        room_id uuid not null references rooms,
        user_id uuid not null references profiles,
        until timestamptz(3) not null,
        reason text,
        primary key (room_id, user_id)
      );
      create index mutes_user on mutes (user_id);
      create table invites (
        code text primary key,
        room_id uuid not null references rooms,
        created_by uuid not null,
        created_at timestamptz(3) not null,
        expires_at timestamptz(3),
        max_uses int check (max_uses > 0),
        uses int not null check (uses >= 0),
        revoked_at timestamptz(3),
        idempotency_key text,
        check (uses <= coalesce(max_uses, uses))
      );
      create index invites_room on invites (room_id, created_at desc);
      create unique index invites_key on invites (created_by, room_id, idempotency_key);
      create table lobby_requests (
        room_id uuid not null references rooms,
        user_id uuid not null references profiles,
        requested_at timestamptz(3) not null,
        expires_at timestamptz(3) not null,
        invite_code text,
        primary key (room_id, user_id)
      );
      create index lobby_requests_expiry on lobby_requests (expires_at);
    `);
  }
}
