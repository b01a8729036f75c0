import { Migration } from '@mikro-orm/migrations';

/** Which of those known here are programs: they lead no room. */
export class Bots20261128 extends Migration {
  override name = '20261128-bots';

  override up(): void {
    this.addSql(`
      alter table profiles add column bot boolean not null default false;

      create or replace function members_need_their_host() returns trigger language plpgsql as $$
      declare
        room uuid := coalesce(new.room_id, old.room_id);
      begin
        if exists (
          select from members m join rooms r on r.id = m.room_id left join profiles p on p.user_id = m.user_id
          where m.room_id = room and r.kind = 'room' and p.bot is not true
        ) and not exists (
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
