import type { AuditEntry, ParsedInputOf, accounts, bot } from '@atrium/contracts';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { uuidv7 } from '../outbox.ts';

/** The table in which a service keeps who did what; rows are only ever added. `keepAudit` takes it out of the service's hands. */
export const auditTable = `
  create table audit (
    id uuid primary key,
    room_id uuid,
    at timestamptz(3) not null,
    actor_id uuid,
    action text not null,
    target_id uuid,
    reason text,
    details jsonb not null
  );
  create index audit_actor on audit (actor_id, id desc);
  create index audit_target on audit (target_id, id desc);
  create index audit_room on audit (room_id, id desc);

  create function audit_is_append_only() returns trigger language plpgsql as $$
  begin
    raise exception 'the audit log is append-only';
  end $$;
  create trigger audit_is_append_only before update or delete on audit
    for each row execute function audit_is_append_only();
  create trigger audit_is_not_emptied before truncate on audit
    for each statement execute function audit_is_append_only();`;

/** What is written of one act. */
export type AuditNote = {
  actorId: string | null;
  /** `noun.past`, as `user.disabled`. */
  action: string;
  targetId?: string;
  roomId?: string;
  reason?: string;
  details?: Record<string, unknown>;
};

type Look = { actorId: string; action: string; roomId: string; reason: string };
type Filter = ParsedInputOf<typeof accounts.adminAudit>;
type RoomFilter = ParsedInputOf<typeof bot.roomAudit>;
type Row = Omit<AuditEntry, 'service' | 'at'> & { at: string };

/** A service's part of the audit log, in the table `audit` of its own schema. */
@Injectable()
export class AuditLog {
  constructor(private readonly em: EntityManager) {}

  /** Writes in the transaction of the act, so that there is neither without the other. */
  async record(tx: EntityManager, note: AuditNote): Promise<void> {
    const { actorId, action, targetId = null, roomId = null, reason = null, details = {} } = note;
    await tx.execute(
      `insert into audit (id, room_id, at, actor_id, action, target_id, reason, details)
       values (?, ?, clock_timestamp(), ?, ?, ?, ?, ?::jsonb)`,
      [uuidv7(), roomId, actorId, action, targetId, reason, JSON.stringify(details)],
    );
  }

  /** Whether the same act of the same person in the same room, for the same reason, was written a short while ago. */
  async hasJustWritten(tx: EntityManager, { actorId, action, roomId, reason }: Look, withinSeconds: number): Promise<boolean> {
    const found = await tx.execute<unknown[]>(
      `select 1 from audit where room_id = ? and actor_id = ? and action = ? and reason = ? and at > now() - make_interval(secs => ?) limit 1`,
      [roomId, actorId, action, reason, withinSeconds],
    );
    return found.length > 0;
  }

  /** What matches, newest first. */
  async page(service: string, { limit, ...filter }: Filter): Promise<{ items: AuditEntry[] }> {
    const conditions = conditionsOf(filter);
    const where = conditions.length > 0 ? `where ${conditions.map(([sql]) => sql).join(' and ')}` : '';
    const rows = await this.em.fork().execute<Row[]>(
      `select id, at, actor_id "actorId", action, target_id "targetId", room_id "roomId", reason, details
         from audit ${where} order by id desc limit ?`,
      [...conditions.flatMap(([, ...values]) => values), limit],
    );
    return { items: rows.map((row) => ({ ...row, service, at: new Date(row.at).toISOString() })) };
  }

  /** What matches of a room. Who may read it is asked before. */
  roomPage(service: string, { actor, target, ...filter }: RoomFilter): Promise<{ items: AuditEntry[] }> {
    return this.page(service, { ...filter, actorId: actor, targetId: target });
  }
}

type Condition = [sql: string, ...values: string[]];

function conditionsOf({ actorId, action, targetId, roomId, from, to, before }: Omit<Filter, 'limit'>): Condition[] {
  const all: (Condition | false)[] = [
    actorId !== undefined && ['actor_id = ?', actorId],
    action !== undefined && ['(action = ? or starts_with(action, ?))', action, `${action}.`],
    targetId !== undefined && ['target_id = ?', targetId],
    roomId !== undefined && ['room_id = ?', roomId],
    from !== undefined && ['at >= ?::timestamptz', from],
    to !== undefined && ['at < ?::timestamptz', to],
    before !== undefined && ['id < ?', before],
  ];
  return all.filter((condition) => condition !== false);
}
