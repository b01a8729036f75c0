import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** Someone who waits at the door. */
export const LobbyRequestEntity = defineEntity({
  name: 'LobbyRequestEntity',
  tableName: 'lobby_requests',
  properties: {
    roomId: p.uuid().primary(),
    userId: p.uuid().primary(),
    requestedAt: p.datetime(3),
    expiresAt: p.datetime(3),
    /** What they came with; counted as used when they are let in. */
    inviteCode: p.text().strictNullable(),
  },
});
export type LobbyRequestEntity = InferEntity<typeof LobbyRequestEntity>;
