import { defineEntity, p, type InferEntity } from '@mikro-orm/core';
import type { JWK } from 'jose';

/** A key pair that signs access tokens; the newest one signs, all of them verify. */
export const SigningKeyEntity = defineEntity({
  name: 'SigningKeyEntity',
  tableName: 'signing_keys',
  properties: {
    kid: p.text().primary(),
    privateJwk: p.json<JWK>(),
    publicJwk: p.json<JWK>(),
    createdAt: p.datetime(),
  },
});
export type SigningKeyEntity = InferEntity<typeof SigningKeyEntity>;
