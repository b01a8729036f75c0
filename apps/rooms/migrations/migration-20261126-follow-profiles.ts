import { numberedFactTables } from '@atrium/database';
import { Migration } from '@mikro-orm/migrations';

/** How far the facts of each person's profile have been taken in. */
export class FollowProfiles20261126 extends Migration {
  override async up(): Promise<void> {
    this.addSql(numberedFactTables);
  }
}
