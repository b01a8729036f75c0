import { numberedFactTables } from '@atrium/database';
import { Migration } from '@mikro-orm/migrations';

/** How far the facts of each room have been taken in. Rooms from before begin with the next fact they hear of. */
export class NumberFacts20261125 extends Migration {
  override async up(): Promise<void> {
    this.addSql(numberedFactTables);
  }
}
