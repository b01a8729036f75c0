import { purgesTable } from '@atrium/database';
import { Migration } from '@mikro-orm/migrations';

/** Rooms whose log is gone for good. */
export class PurgeRooms20261128 extends Migration {
  override name = '20261128-purge-rooms';

  override up(): void {
    this.addSql(`alter table rooms add column purged_at timestamptz(3); ${purgesTable}`);
  }
}
