import { purgesTable } from '@atrium/database';
import { Migration } from '@mikro-orm/migrations';

/** Rooms that are gone for good, and what is left to remove of them. */
export class PurgeRooms20261128 extends Migration {
  override name = '20261128-purge-rooms';

  override up(): void {
    this.addSql(purgesTable);
  }
}
