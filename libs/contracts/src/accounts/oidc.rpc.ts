import { z } from 'zod';
import type { RpcDefinition } from '../define.ts';
import { Nothing } from '../values.ts';
import { Grant, Origin } from './accounts.schema.ts';

/** The short name of a provider, as it stands in addresses. */
export const ProviderName = z.string().regex(/^[a-z0-9-]{1,32}$/, { error: 'must be 1 to 32 of a-z, 0-9, -' });

export const SignInProvider = z.object({ id: ProviderName, name: z.string() }).meta({ id: 'SignInProvider' });
export type SignInProvider = z.output<typeof SignInProvider>;

/** A place on this server, and nothing by which a browser would leave it. */
const NextPlace = z
  .string()
  .max(500)
  .regex(/^\/(?![/\\])[^\\\s]*$/, { error: 'must be a path of this server' });

/** Signing in by OpenID Connect: code flow with PKCE, state and nonce. */
export const oidcRpcs = {
  signInProviders: {
    input: Nothing,
    output: z.object({ items: z.array(SignInProvider) }),
    idempotent: true,
    callers: { gateway: 'for-itself' },
  },
  /** Where the browser goes, and what it keeps until it is back: nobody else can finish what it began. */
  beginOidc: {
    input: z.object({ provider: ProviderName, next: NextPlace.optional() }),
    output: z.object({ url: z.string(), browserToken: z.string() }),
    timeoutMs: 5000,
    codes: ['provider_not_found', 'service_unavailable'],
    callers: { gateway: 'for-itself' },
  },
  finishOidc: {
    input: z.object({
      provider: ProviderName,
      browserToken: z.string().max(200),
      /** What the provider sent the browser back with. */
      query: z.string().max(8000),
      deviceToken: z.string().max(100).optional(),
      origin: Origin,
    }),
    output: z.object({ grant: Grant, next: NextPlace }),
    timeoutMs: 5000,
    codes: ['provider_not_found', 'provider_refused', 'service_unavailable'],
    callers: { gateway: 'for-itself' },
  },
} as const satisfies Record<string, RpcDefinition>;
