import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable } from '@nestjs/common';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { SigningKeyEntity } from './signing-key.entity.ts';

export const SIGNING_ALGORITHM = 'EdDSA';

type Keys = { kid: string; privateKey: CryptoKey; publicKeys: JWK[] };

/** The keys of access tokens: made once, kept in the database, the same for every instance. */
@Injectable()
export class SigningKeys {
  private loading: Promise<Keys> | undefined;

  constructor(private readonly em: EntityManager) {}

  async current(): Promise<{ kid: string; privateKey: CryptoKey }> {
    return this.keys();
  }

  async publicKeys(): Promise<JWK[]> {
    return (await this.keys()).publicKeys;
  }

  private keys(): Promise<Keys> {
    this.loading ??= this.load().catch((error: unknown) => {
      this.loading = undefined;
      throw error;
    });
    return this.loading;
  }

  private async load(): Promise<Keys> {
    const rows = await transact(this.em.fork(), async (tx) => {
      // Two instances that start together on an empty database must end up with one pair.
      await tx.execute(`select pg_advisory_xact_lock(hashtext('accounts.signing_keys'))`);
      const existing = await tx.find(SigningKeyEntity, {}, { orderBy: { createdAt: 'desc' } });
      return existing.length > 0 ? existing : [tx.create(SigningKeyEntity, await newKeyPair())];
    });
    const newest = rows[0];
    if (!newest) throw new Error('no signing key was stored');
    const privateKey = (await importJWK(newest.privateJwk, SIGNING_ALGORITHM)) as CryptoKey;
    return { kid: newest.kid, privateKey, publicKeys: rows.map((row) => row.publicJwk) };
  }
}

async function newKeyPair() {
  const { privateKey, publicKey } = await generateKeyPair(SIGNING_ALGORITHM, { crv: 'Ed25519', extractable: true });
  const publicJwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(publicJwk);
  const label = { kid, alg: SIGNING_ALGORITHM, use: 'sig' };
  return {
    kid,
    privateJwk: { ...(await exportJWK(privateKey)), ...label },
    publicJwk: { ...publicJwk, ...label },
    createdAt: new Date(),
  };
}
