import { Migration } from '@mikro-orm/migrations';

/** Whose accounts an admin has shut, as accounts told, and what makes the audit log quick to read as a whole. */
export class AdminActs20261127 extends Migration {
  override name = '20261127-admin-acts';

  override up(): void {
    this.addSql(`
      create table disabled_people (
        user_id uuid primary key,
        disabled boolean not null,
        at timestamptz(3) not null
      );
      create index audit_actor on audit (actor_id, id desc);
      create index audit_target on audit (target_id, id desc);
      create trigger audit_is_not_emptied before truncate on audit
        for each statement execute function audit_is_append_only();
    `);
  }
}
