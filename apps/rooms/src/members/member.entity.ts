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
    handRaisedAt: p.datetime(3).strictNullable(),
    /** Stands first in this member's own list. */
    favourite: p.boolean(),
  },
});
export type MemberEntity = InferEntity<typeof MemberEntity>;

/** What a member begins with. */
export const NEWCOMER = { handRaisedAt: null, favourite: false };
