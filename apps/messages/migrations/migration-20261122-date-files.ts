import { Migration } from '@mikro-orm/migrations';

/** When a file came into the room's log: who joined later, where the past is hidden, may not attach it. */
export class DateFiles20261122 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
      alter table files add column added_seq integer not null default 0;
      update files f set added_seq = e.seq from entries e
        where e.room_id = f.room_id and e.type = 'file.added' and (e.data #>> '{file,id}')::uuid = f.id;
    `);
  }
}
