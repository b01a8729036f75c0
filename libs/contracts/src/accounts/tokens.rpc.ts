import { z } from 'zod';
import type { RpcDefinition } from '../define.ts';
import { Id, Instant, Nothing, line } from '../values.ts';
import { UserRole } from './accounts.schema.ts';
import { Scope } from './scopes.ts';

/** What every personal access token begins with, so that leaked ones are found. */
export const TOKEN_PREFIX = 'atrium_';

/** A personal access token as its owner sees it later: without the token. */
export const AccessToken = z
  .object({
    id: Id,
    name: z.string(),
    scopes: z.array(Scope),
    createdAt: Instant,
    expiresAt: Instant.nullable(),
    lastUsedAt: Instant.nullable(),
  })
  .meta({ id: 'AccessToken' });
export type AccessToken = z.output<typeof AccessToken>;

/** Personal access tokens: shown once, kept as SHA-256. */
export const tokenRpcs = {
  listTokens: { input: Nothing, output: z.object({ items: z.array(AccessToken) }), idempotent: true },
  createToken: {
    input: z.object({
      name: line(1, 64),
      scopes: z.array(Scope).min(1, { error: 'must name at least one scope' }),
      expiresAt: z.iso.datetime({ offset: true, error: 'must be a time in ISO 8601' }).nullish(),
    }),
    output: AccessToken.extend({ token: z.string() }),
    codes: ['too_many_tokens', 'forbidden'],
  },
  revokeToken: { input: z.object({ tokenId: Id }), output: Nothing, codes: ['token_not_found'] },
  /** Whose token it is and what for; what the gateway asks before it trusts one. Told to nobody else. */
  checkToken: {
    input: z.object({ tokenHash: z.string().length(64) }),
    output: z.object({
      token: z
        .object({
          id: Id,
          userId: Id,
          role: UserRole,
          scopes: z.array(Scope),
          expiresAt: Instant.nullable(),
          /** Whether it is a bot's. */
          bot: z.boolean().optional(),
        })
        .nullable(),
    }),
    idempotent: true,
    callers: { gateway: 'for-itself' },
  },
} as const satisfies Record<string, RpcDefinition>;
