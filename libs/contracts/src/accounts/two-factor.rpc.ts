import { z } from 'zod';
import type { RpcDefinition } from '../define.ts';
import { Instant, Nothing } from '../values.ts';
import { Grant, Origin } from './accounts.schema.ts';

/** Six digits of an app, or one of the recovery codes, however it is typed. */
const Code = z.string().min(1).max(64);

export const TwoFactor = z
  .object({
    enabled: z.boolean(),
    enabledAt: Instant.nullable(),
    recoveryCodesLeft: z.int(),
  })
  .meta({ id: 'TwoFactor' });
export type TwoFactor = z.output<typeof TwoFactor>;

/** What is told once: the secret while it is being set up, the recovery codes when it is on. */
export const TwoFactorSetUp = TwoFactor.extend({
  secret: z.string().optional(),
  /** `otpauth://…`, which apps read from a picture. */
  uri: z.string().optional(),
  recoveryCodes: z.array(z.string()).optional(),
}).meta({ id: 'TwoFactorSetUp' });
export type TwoFactorSetUp = z.output<typeof TwoFactorSetUp>;

/** A second factor at sign-in: codes of an authenticator app (RFC 6238), and ten recovery codes. */
export const twoFactorRpcs = {
  twoFactor: { input: Nothing, output: TwoFactor, idempotent: true },
  /** Without a code begins anew; with one of the secret that was given, turns it on. */
  setUpTwoFactor: {
    input: z.object({ code: Code.optional() }),
    output: TwoFactorSetUp,
    codes: ['two_factor_enabled', 'too_many_attempts'],
  },
  turnOffTwoFactor: {
    input: z
      .object({ code: Code.optional(), password: z.string().min(1).max(1024).optional() })
      .refine(({ code, password }) => code !== undefined || password !== undefined, {
        error: 'must have the password or a code',
        path: ['code'],
      }),
    output: Nothing,
    codes: ['wrong_password', 'wrong_code', 'too_many_attempts'],
  },
  /** The second half of a sign-in, with the challenge that the first half was refused with. */
  completeLogIn: {
    input: z.object({ challenge: z.string().min(1).max(200), code: Code, deviceToken: z.string().max(100).optional(), origin: Origin }),
    output: Grant,
    codes: ['challenge_expired', 'wrong_code', 'too_many_attempts'],
    callers: { gateway: 'for-itself' },
  },
} as const satisfies Record<string, RpcDefinition>;
