import { Migration } from '@mikro-orm/migrations';

/**
 * What the files of each person, of each room and of all take, so that a quota is one row to look at. Kept by the table
 * itself: whatever adds or deletes a file counts it. The rows are written in one order, so that two uploads cannot deadlock.
 */
export class CountStorage extends Migration {
  override name = '20261126-count-storage';

  override up(): void {
    this.addSql(`
      create table storage_usage (
        scope text not null check (scope in ('person', 'room', 'server')),
        id uuid not null,
        bytes bigint not null,
        primary key (scope, id)
      )`);
    this.addSql(`
      create function count_storage() returns trigger language plpgsql set search_path from current as $$
      declare
        gained bigint := case when new.deleted_at is null then new.size else -new.size end;
      begin
        insert into storage_usage values ('person', new.uploader_id, gained)
          on conflict (scope, id) do update set bytes = storage_usage.bytes + excluded.bytes;
        insert into storage_usage values ('room', new.room_id, gained)
          on conflict (scope, id) do update set bytes = storage_usage.bytes + excluded.bytes;
        insert into storage_usage values ('server', '00000000-0000-0000-0000-000000000000', gained)
          on conflict (scope, id) do update set bytes = storage_usage.bytes + excluded.bytes;
        return null;
      end $$`);
    this.addSql(
      `create trigger count_added after insert on files for each row when (new.deleted_at is null) execute function count_storage()`,
    );
    this.addSql(`
      create trigger count_deleted after update of deleted_at on files for each row
        when ((old.deleted_at is null) <> (new.deleted_at is null)) execute function count_storage()`);
    this.addSql(`
      insert into storage_usage
        select 'person', uploader_id, sum(size) from files where deleted_at is null group by uploader_id
        union all select 'room', room_id, sum(size) from files where deleted_at is null group by room_id
        union all select 'server', '00000000-0000-0000-0000-000000000000', coalesce(sum(size), 0) from files where deleted_at is null`);
  }
}
