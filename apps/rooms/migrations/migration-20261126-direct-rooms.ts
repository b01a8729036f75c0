import { Migration } from '@mikro-orm/migrations';

/** Direct rooms: one for the same set of people, and without a host. */
export class DirectRooms20261126 extends Migration {
  override name = '20261126-direct-rooms';

  override up(): void {
    this.addSql(`
      alter table rooms add column kind text not null default 'room' check (kind in ('room', 'direct')),
        add column direct_key text check ((kind = 'direct') = (direct_key is not null));
      create unique index rooms_direct on rooms (direct_key) where direct_key is not null;

      create or replace function members_need_their_host() returns trigger language plpgsql as $$
      declare
        room uuid := coalesce(new.room_id, old.room_id);
      begin
        if exists (select from members m join rooms r on r.id = m.room_id where m.room_id = room and r.kind = 'room') and not exists (
          select from members m join rooms r on r.id = m.room_id and r.host_id = m.user_id
          where m.room_id = room and m.role = 'host'
        ) then
          raise exception 'room % has members but no host', room;
        end if;
        return null;
      end $$;
    `);
  }
}
