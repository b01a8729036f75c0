import { Migration } from '@mikro-orm/migrations';

/**
 * What is taken by an upload before it is a file counts like a file, kept by the table itself: the rows of `storage_usage`
 * are then what a quota looks at, and what it locks. Goes with the row: into the file, or because it was given up.
 */
export class TakeSpace20261203 extends Migration {
  override name = '20261203-take-space';

  override up(): void {
    this.addSql('alter table uploads add taken bigint not null default 0');
    // Pieces whose bytes may lie in the store, and are not kept yet.
    this.addSql(`alter table resumable_uploads add open jsonb not null default '[]'`);
    this.addSql(`
      create function count_taken() returns trigger language plpgsql set search_path from current as $$
      declare
        whose uploads := coalesce(new, old);
        gained bigint := coalesce(new.taken, 0) - coalesce(old.taken, 0);
      begin
        insert into storage_usage values ('person', whose.uploader_id, gained)
          on conflict (scope, id) do update set bytes = storage_usage.bytes + excluded.bytes;
        insert into storage_usage values ('room', whose.room_id, gained)
          on conflict (scope, id) do update set bytes = storage_usage.bytes + excluded.bytes;
        insert into storage_usage values ('server', '00000000-0000-0000-0000-000000000000', gained)
          on conflict (scope, id) do update set bytes = storage_usage.bytes + excluded.bytes;
        return null;
      end $$`);
    this.addSql(
      'create trigger count_taken after update of taken on uploads for each row when (old.taken <> new.taken) execute function count_taken()',
    );
    this.addSql('create trigger count_given_back after delete on uploads for each row when (old.taken > 0) execute function count_taken()');
  }
}
