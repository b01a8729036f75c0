import { auditTable } from '@atrium/database';
import { Migration } from '@mikro-orm/migrations';

/** The log of what admins do with files. */
export class AdminActs20261127 extends Migration {
  override name = '20261127-admin-acts';

  override up(): void {
    this.addSql(auditTable);
  }
}
