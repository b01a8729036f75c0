import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

export type SessionEndReason = 'logged_out' | 'ended' | 'token_reused';

/** One sign-in on one device: the family of all refresh tokens that descend from it. */
export const SessionEntity = defineEntity({
  name: 'SessionEntity',
  tableName: 'sessions',
  properties: {
    id: p.uuid().primary(),
    userId: p.uuid(),
    createdAt: p.datetime(),
    lastUsedAt: p.datetime(),
    expiresAt: p.datetime(),
    address: p.text(),
    userAgent: p.text(),
    /** Turns a refresh token into its successor, so that a repeat within the grace gets the same one. */
    rotationKey: p.text().lazy(),
    endedAt: p.datetime().nullable(),
    endReason: p.text().$type<SessionEndReason>().nullable(),
  },
});
export type SessionEntity = InferEntity<typeof SessionEntity>;
