import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** Which room a user's idempotency key made, for ever. The password is kept as its hash, never in the digest. */
export const RoomCreationEntity = defineEntity({
  name: 'RoomCreationEntity',
  tableName: 'room_creations',
  properties: {
    userId: p.uuid().primary(),
    idempotencyKey: p.text().primary(),
    digest: p.text(),
    passwordHash: p.text().strictNullable(),
    roomId: p.uuid(),
    createdAt: p.datetime(3),
  },
});
export type RoomCreationEntity = InferEntity<typeof RoomCreationEntity>;
