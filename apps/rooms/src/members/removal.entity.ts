import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** Someone whose last way out of the room was being kicked; forgotten when that person is let in again. */
export const RemovalEntity = defineEntity({
  name: 'RemovalEntity',
  tableName: 'removals',
  properties: {
    roomId: p.uuid().primary(),
    userId: p.uuid().primary(),
    removedBy: p.uuid(),
    reason: p.text().strictNullable(),
    at: p.datetime(3),
  },
});
export type RemovalEntity = InferEntity<typeof RemovalEntity>;
