import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** Someone who may not come in, until a time or for good. */
export const BanEntity = defineEntity({
  name: 'BanEntity',
  tableName: 'bans',
  properties: {
    roomId: p.uuid().primary(),
    userId: p.uuid().primary(),
    bannedBy: p.uuid(),
    reason: p.text().strictNullable(),
    bannedAt: p.datetime(3),
    until: p.datetime(3).strictNullable(),
  },
});
export type BanEntity = InferEntity<typeof BanEntity>;
