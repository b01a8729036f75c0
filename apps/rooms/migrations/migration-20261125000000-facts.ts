import { Migration } from '@mikro-orm/migrations';

/** What was told of each room, kept for services that did not hear it. */
export class Migration20261125000000Facts extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
      create table facts (
        room_id uuid not null,
        version int not null,
        id uuid not null,
        name text not null,
        payload jsonb not null,
        at timestamptz(3) not null,
        primary key (room_id, version)
      );
      create index facts_at on facts (at, room_id, version);
    `);
  }
}
