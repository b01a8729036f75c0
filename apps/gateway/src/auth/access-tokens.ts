import { Recent, RpcClient } from '@atrium/bus';
import { AccessClaims, AppError, accounts } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { createLocalJWKSet, errors, jwtVerify, type JSONWebKeySet } from 'jose';

export type VerifiedToken = AccessClaims & { expiresAt: number };
type KeySet = ReturnType<typeof createLocalJWKSet>;

/** A forged `kid` must not become a call to accounts per request. */
const REFETCH_AFTER_MS = 2000;
const REMEMBERED = 5_000;

/**
 * Verifies access tokens with the public keys of accounts. A token once verified is remembered until it expires:
 * a signature costs more than most requests; whether its session still lives is asked elsewhere, every time.
 */
@Injectable()
export class AccessTokens {
  private keys: Promise<KeySet> | undefined;
  private fetchedAt = 0;
  private readonly verified = new Recent<VerifiedToken>(REMEMBERED);

  constructor(private readonly rpc: RpcClient) {}

  /** @throws AppError `unauthenticated` when the token is not ours, not whole, or has expired */
  async verify(token: string): Promise<VerifiedToken> {
    const known = this.verified.get(token);
    if (known && known.expiresAt > Date.now()) return known;
    const fresh = await this.check(token);
    this.verified.set(token, fresh);
    return fresh;
  }

  private async check(token: string): Promise<VerifiedToken> {
    try {
      return await this.checkWith(await this.keySet(), token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw asRefusal(error);
    }
    // Accounts may have made a new key since we asked.
    if (Date.now() - this.fetchedAt > REFETCH_AFTER_MS) this.keys = undefined;
    return this.checkWith(await this.keySet(), token).catch((error: unknown) => Promise.reject(asRefusal(error)));
  }

  private async checkWith(keys: KeySet, token: string): Promise<VerifiedToken> {
    const { payload } = await jwtVerify(token, keys, { algorithms: ['EdDSA', 'Ed25519'], requiredClaims: ['exp'] });
    return { ...AccessClaims.parse(payload), expiresAt: payload.exp! * 1000 };
  }

  private keySet(): Promise<KeySet> {
    this.keys ??= this.fetchKeys().catch((error: unknown) => {
      this.keys = undefined;
      throw error;
    });
    return this.keys;
  }

  private async fetchKeys(): Promise<KeySet> {
    this.fetchedAt = Date.now();
    const { keys } = await this.rpc.call(accounts.signingKeys, {});
    return createLocalJWKSet({ keys } as unknown as JSONWebKeySet);
  }
}

/** A refusal of accounts passes as it is (it may be away); everything else means that the token is no good. */
function asRefusal(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError('unauthenticated', undefined, {}, { cause: error });
}
