import { auditTable, keepAudit } from '@atrium/database';
import { Migration } from '@mikro-orm/migrations';

/** The bot's acts are kept in the form of all audit logs: under ids in the order of time, so that logs merge by them. */
export class KeepAudit20261128 extends Migration {
  override name = '20261128-keep-audit';

  override up(): void {
    this.addSql('alter table audit rename to audit_before; alter index audit_pkey rename to audit_before_pkey; drop index audit_room;');
    this.addSql(auditTable);
    this.addSql(`
      insert into audit (id, room_id, at, actor_id, action, details)
        select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(id % 4096), 3, '0')
            || '8' || right(md5(id::text), 15))::uuid,
          room_id, at, actor_id, action, detail
        from audit_before order by id;
      drop table audit_before;
    `);
    this.addSql(keepAudit('bot'));
  }
}
