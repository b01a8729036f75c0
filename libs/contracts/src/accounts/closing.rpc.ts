import { z } from 'zod';
import type { RpcDefinition } from '../define.ts';
import { Id, Nothing } from '../values.ts';

/** What becomes of what somebody wrote and uploaded when their account is closed. */
export const KeepOrErase = z.enum(['keep', 'erase']);
export type KeepOrErase = z.output<typeof KeepOrErase>;

/** What everybody is called who has closed their account. */
export const FORMER_MEMBER = 'Former member';

export const closingRpcs = {
  /** For good: nobody signs in to it again, and its name is not given to anybody else. */
  closeAccount: {
    input: z.object({
      password: z.string().min(1).max(1024),
      /** Of the second factor, for who has one. */
      code: z.string().min(1).max(64).optional(),
      messages: KeepOrErase.default('keep'),
    }),
    output: Nothing,
    codes: ['wrong_password', 'two_factor_required', 'wrong_code', 'too_many_attempts', 'last_admin'],
  },
  /** Those of these people whose accounts are open: others cannot be brought into anything. */
  openAccounts: {
    input: z.object({ userIds: z.array(Id).max(1000) }),
    output: z.object({ userIds: z.array(Id) }),
    idempotent: true,
    callers: { rooms: 'for-user' },
  },
} as const satisfies Record<string, RpcDefinition>;
