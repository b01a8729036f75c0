import { Migration } from '@mikro-orm/migrations';

/**
 * Named members are looked up by their name first. With the room in front, PostgreSQL took this index for looking up
 * authors as well, as long as it knew nothing of the table, and read a whole room for each send.
 */
export class FindNamesByName20261125 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
      drop index access_username;
      create index access_username on access (username, room_id) where removed_at is null;
    `);
  }
}
