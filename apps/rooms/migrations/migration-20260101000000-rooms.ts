import { Migration } from '@mikro-orm/migrations';
import { outboxTables } from '@atrium/database';

const ROOMS = `
  create table rooms (
    id uuid primary key,
    version int not null,
    name text not null,
    topic text not null,
    description text not null,
    visibility text not null check (visibility in ('public', 'private')),
    password_hash text,
    locked boolean not null,
    bot_enabled boolean not null,
    slow_mode_seconds int not null check (slow_mode_seconds between 0 and 21600),
    who_can_post text not null check (who_can_post in ('everyone', 'moderators')),
    history_visibility text not null check (history_visibility in ('all', 'since_join')),
    removed_can_rejoin boolean not null,
    edit_window_seconds int not null check (edit_window_seconds >= -1),
    max_members int not null check (max_members between 1 and 10000),
    host_id uuid,
    member_count int not null check (member_count >= 0),
    last_activity_at timestamptz(3) not null,
    created_by uuid not null,
    created_at timestamptz(3) not null,
    archived_at timestamptz(3)
  );
  create index rooms_discover on rooms (member_count desc, id desc) where visibility = 'public' and archived_at is null;

  create table room_creations (
    user_id uuid not null,
    idempotency_key text not null,
    digest text not null,
    password_hash text,
    room_id uuid not null,
    event_id uuid,
    created_at timestamptz(3) not null,
    primary key (user_id, idempotency_key)
  );`;

const MEMBERS = `
  create table profiles (
    user_id uuid primary key,
    username text not null,
    display_name text not null,
    avatar_url text,
    presence text not null check (presence in ('auto', 'away', 'dnd')),
    event_id text
  );

  create table members (
    room_id uuid not null references rooms,
    user_id uuid not null references profiles,
    role text not null check (role in ('host', 'moderator', 'member')),
    joined_at timestamptz(3) not null,
    primary key (room_id, user_id)
  );
  create index members_user on members (user_id);
  create unique index members_one_host on members (room_id) where role = 'host';

  create table removals (
    room_id uuid not null references rooms,
    user_id uuid not null,
    removed_by uuid not null,
    reason text,
    at timestamptz(3) not null,
    primary key (room_id, user_id)
  );`;

/** The unique index forbids a second host; this forbids, at commit, that people are left without one. */
const HOST_RULE = `
  create function members_need_their_host() returns trigger language plpgsql as $$
  declare
    room uuid := coalesce(new.room_id, old.room_id);
  begin
    if exists (select from members where room_id = room) and not exists (
      select from members m join rooms r on r.id = m.room_id and r.host_id = m.user_id
      where m.room_id = room and m.role = 'host'
    ) then
      raise exception 'room % has members but no host', room;
    end if;
    return null;
  end $$;
  create constraint trigger members_need_their_host after insert or update or delete on members
    deferrable initially deferred for each row execute function members_need_their_host();`;

const AUDIT = `
  create table audit (
    id uuid primary key,
    room_id uuid not null,
    at timestamptz(3) not null,
    actor_id uuid,
    action text not null,
    target_id uuid,
    reason text,
    details jsonb not null
  );
  create index audit_room on audit (room_id, id desc);

  create function audit_is_append_only() returns trigger language plpgsql as $$
  begin
    raise exception 'the audit log is append-only';
  end $$;
  create trigger audit_is_append_only before update or delete on audit
    for each row execute function audit_is_append_only();`;

const GUARDS = `
  create table password_attempts (
    id uuid primary key,
    user_id uuid not null,
    room_id uuid not null,
    address text not null,
    at timestamptz(3) not null
  );
  create index password_attempts_person on password_attempts (user_id, room_id, at);
  create index password_attempts_address on password_attempts (address, at);
  create index password_attempts_at on password_attempts (at);

  create table host_absences (
    room_id uuid primary key,
    host_id uuid not null,
    gone_at timestamptz(3) not null,
    acting_host_id uuid,
    acting_was text check (acting_was in ('moderator', 'member')),
    due_at timestamptz(3) not null
  );
  create index host_absences_host on host_absences (host_id);
  create index host_absences_due on host_absences (due_at);`;

/** Rooms, who is in them, who was put out, what was done, and the guards of the passwords. */
export class Migration20260101000000Rooms extends Migration {
  override up(): void {
    for (const sql of [ROOMS, MEMBERS, HOST_RULE, AUDIT, GUARDS, outboxTables]) this.addSql(sql);
  }
}
