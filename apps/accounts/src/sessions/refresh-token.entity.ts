import { defineEntity, p, type InferEntity } from '@mikro-orm/core';

/** A refresh token by its SHA-256. Rotated ones stay until long after their expiry: meeting one again is theft. */
export const RefreshTokenEntity = defineEntity({
  name: 'RefreshTokenEntity',
  tableName: 'refresh_tokens',
  properties: {
    hash: p.text().primary(),
    sessionId: p.uuid(),
    issuedAt: p.datetime(),
    expiresAt: p.datetime(),
    rotatedAt: p.datetime().nullable(),
    successorHash: p.text().nullable(),
  },
});
export type RefreshTokenEntity = InferEntity<typeof RefreshTokenEntity>;
