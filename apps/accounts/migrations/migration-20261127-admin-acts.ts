import { auditTable } from '@atrium/database';
import { Migration } from '@mikro-orm/migrations';

/** Accounts that an admin shuts, and the log of what admins do. */
export class AdminActs extends Migration {
  override name = '20261127-admin-acts';

  override up(): void {
    this.addSql(`
      alter table users add column disabled_at timestamptz, add column disabled_reason text;
      create index users_admins on users (id) where role = 'admin';
      create index credit_entries_at on credit_entries (at);
      ${auditTable}
    `);
  }
}
