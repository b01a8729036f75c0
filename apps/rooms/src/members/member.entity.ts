import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { RoomRole } from '@atrium/contracts';

/** Someone who is in a room. Leaving removes the row, and every role with it. */
export const MemberEntity = defineEntity({
  name: 'MemberEntity',
  tableName: 'members',
  properties: {
    roomId: p.uuid().primary(),
    userId: p.uuid().primary(),
    role: p.text().$type<RoomRole>(),
    joinedAt: p.datetime(3),
  },
});
export type MemberEntity = InferEntity<typeof MemberEntity>;
