import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** A code that lets people into a room; kept when it is taken back, so that its holder learns why it does not work. */
export const InviteEntity = defineEntity({
  name: 'InviteEntity',
  tableName: 'invites',
  properties: {
    code: p.text().primary(),
    roomId: p.uuid(),
    createdBy: p.uuid(),
    createdAt: p.datetime(3),
    expiresAt: p.datetime(3).strictNullable(),
    maxUses: p.integer().strictNullable(),
    uses: p.integer(),
    revokedAt: p.datetime(3).strictNullable(),
    idempotencyKey: p.text().strictNullable(),
  },
});
export type InviteEntity = InferEntity<typeof InviteEntity>;
