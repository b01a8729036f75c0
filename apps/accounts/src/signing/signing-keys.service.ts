import { Sealer } from '@atrium/service-kit';
import { transact } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import { SigningKeyEntity } from './signing-key.entity.ts';

export const SIGNING_ALGORITHM = 'EdDSA';

type Keys = { kid: string; privateKey: CryptoKey; publicKeys: JWK[] };

/** The keys of access tokens: made once, kept sealed in the database, the same for every instance. */
@Injectable()
export class SigningKeysService implements OnApplicationBootstrap {
  private loading: Promise<Keys> | undefined;

  constructor(
    private readonly em: EntityManager,
    private readonly sealer: Sealer,
  ) {}

  /** Not to start is clearer than to refuse every sign-in. */
  async onApplicationBootstrap(): Promise<void> {
    await this.keys();
  }

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
      if (existing.length === 0) return [tx.create(SigningKeyEntity, this.sealed(await newKeyPair()))];
      for (const row of existing) row.privateJwk = this.sealed(row).privateJwk;
      return existing;
    });
    const newest = rows[0];
    if (!newest) throw new Error('no signing key was stored');
    const privateKey = (await importJWK(this.opened(newest), SIGNING_ALGORITHM)) as CryptoKey;
    return { kid: newest.kid, privateKey, publicKeys: rows.map((row) => row.publicJwk) };
  }

  /** Leaves alone what is sealed. */
  private sealed<K extends Pick<SigningKeyEntity, 'kid' | 'privateJwk'>>(key: K): K {
    if ('sealed' in key.privateJwk) return key;
    return { ...key, privateJwk: { sealed: this.sealer.seal(JSON.stringify(key.privateJwk), placeOf(key.kid)) } };
  }

  private opened({ kid, privateJwk }: SigningKeyEntity): JWK {
    return 'sealed' in privateJwk ? (JSON.parse(this.sealer.open(String(privateJwk.sealed), placeOf(kid))) as JWK) : privateJwk;
  }
}

const placeOf = (kid: string) => `signing-key:${kid}`;

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
