import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** Someone who may not write, until a time. It outlives leaving, so that nobody gets around it by coming back. */
export const MuteEntity = defineEntity({
  name: 'MuteEntity',
  tableName: 'mutes',
  properties: {
    roomId: p.uuid().primary(),
    userId: p.uuid().primary(),
    until: p.datetime(3),
    reason: p.text().strictNullable(),
  },
});
export type MuteEntity = InferEntity<typeof MuteEntity>;
