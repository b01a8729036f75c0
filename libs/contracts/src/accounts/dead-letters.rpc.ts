import { z } from 'zod';
import { AdminReason } from '../admin/admin.schema.ts';
import type { RpcDefinition } from '../define.ts';
import { Cursor, Id, Instant, Limit, Nothing, listOf } from '../values.ts';

/** An event that a consumer failed to handle again and again. */
export const DeadLetter = z
  .object({
    id: Id,
    /** When it was set aside. */
    at: Instant,
    consumer: z.string(),
    process: z.string(),
    eventId: z.string(),
    subject: z.string(),
    /** What the last try failed with. */
    error: z.string(),
    tries: z.int(),
  })
  .meta({ id: 'DeadLetter' });
export type DeadLetter = z.output<typeof DeadLetter>;

/** With what the event said; words that people wrote are left out of it. */
export const OpenedDeadLetter = DeadLetter.extend({ payload: z.unknown() }).meta({ id: 'OpenedDeadLetter' });
export type OpenedDeadLetter = z.output<typeof OpenedDeadLetter>;

const oneLetter = { letterId: Id };
const codes = ['not_found', 'dead_letter_not_found'] as const;

/** What admins do with what consumers of events gave up. */
export const deadLetterRpcs = {
  adminDeadLetters: {
    input: z.object({ consumer: z.string().max(100).optional(), cursor: Cursor.optional(), limit: Limit }),
    output: listOf(DeadLetter).extend({ total: z.int() }),
    idempotent: true,
    codes: ['not_found'],
  },
  adminDeadLetter: { input: z.object(oneLetter), output: OpenedDeadLetter, idempotent: true, codes },
  /** Hands it to its consumer once more. It is gone once it was handled, and stays with the new error otherwise. */
  adminRedeliver: {
    input: z.object({ ...oneLetter, reason: AdminReason }),
    output: Nothing,
    timeoutMs: 15_000,
    codes: [...codes, 'redelivery_failed', 'service_unavailable'],
  },
  adminDiscardDeadLetter: { input: z.object({ ...oneLetter, reason: AdminReason }), output: Nothing, codes },
} as const satisfies Record<string, RpcDefinition>;
