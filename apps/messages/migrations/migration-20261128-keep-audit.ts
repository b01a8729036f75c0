import { auditTable, keepAudit } from '@atrium/database';
import { Migration } from '@mikro-orm/migrations';

/** What moderators and admins do with messages is written down, in a log that a role of its own keeps. */
export class KeepAudit20261128 extends Migration {
  override name = '20261128-keep-audit';

  override up(): void {
    this.addSql(auditTable);
    this.addSql(keepAudit('messages'));
  }
}
