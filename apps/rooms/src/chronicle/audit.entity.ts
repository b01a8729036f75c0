import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** Who did what to whom in a room, when and why. Rows are only ever added. */
export const AuditEntity = defineEntity({
  name: 'AuditEntity',
  tableName: 'audit',
  properties: {
    id: p.uuid().primary(),
    roomId: p.uuid(),
    at: p.datetime(3),
    /** Null for what the service did by its own rules. */
    actorId: p.uuid().strictNullable(),
    action: p.text(),
    targetId: p.uuid().strictNullable(),
    reason: p.text().strictNullable(),
    details: p.json<Record<string, unknown>>(),
  },
});
export type AuditEntity = InferEntity<typeof AuditEntity>;
