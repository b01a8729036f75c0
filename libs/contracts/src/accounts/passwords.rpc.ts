import { z } from 'zod';
import type { RpcDefinition } from '../define.ts';
import { Nothing, isStorable } from '../values.ts';
import { Password } from './accounts.schema.ts';

export const GivenPassword = z.string().min(1).max(1024);

/** How a password is changed by who knows it, and by who has forgotten it. */
export const passwordRpcs = {
  /** Ends every session of the caller but the one that asks. */
  changePassword: {
    input: z.object({ current: GivenPassword, next: Password }),
    output: Nothing,
    timeoutMs: 5000,
    codes: ['wrong_password', 'too_many_attempts'],
  },
  /** Sends a link by mail, if there is such a person; the answer is the same for whoever asks, whatever they ask. */
  forgotPassword: {
    input: z.object({ usernameOrEmail: z.string().min(1).max(254).refine(isStorable, { error: 'must not contain null characters' }) }),
    output: Nothing,
    callers: { gateway: 'for-itself' },
  },
  /** Ends every session of the person whose link it is. */
  resetPassword: {
    input: z.object({ token: z.string().min(1).max(200), password: Password }),
    output: Nothing,
    codes: ['reset_link_invalid'],
    callers: { gateway: 'for-itself' },
  },
} as const satisfies Record<string, RpcDefinition>;
