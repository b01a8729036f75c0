import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { JWK } from 'jose';

export type SealedJwk = { sealed: string };

/** A key pair that signs access tokens; the newest one signs, all of them verify. */
export const SigningKeyEntity = defineEntity({
  name: 'SigningKeyEntity',
  tableName: 'signing_keys',
  properties: {
    kid: p.text().primary(),
    /** Sealed, or as an earlier version left it; that is sealed at the next start. */
    privateJwk: p.json<JWK | SealedJwk>(),
    publicJwk: p.json<JWK>(),
    createdAt: p.datetime(),
  },
});
export type SigningKeyEntity = InferEntity<typeof SigningKeyEntity>;
