import { keepAudit } from '@atrium/database';
import { Migration } from '@mikro-orm/migrations';

/** The audit log is kept by a role of its own, and its rows are chained. */
export class KeepAudit20261128 extends Migration {
  override name = '20261128-keep-audit';

  override up(): void {
    this.addSql(keepAudit('accounts'));
  }
}
