import { z } from 'zod';
import type { Rpc } from './define.ts';
import type { ProcessName } from './processes.ts';

/** What a durable consumer could not handle, as it sets it aside. */
export const SetAside = z.object({
  /** Of the event: what its handler knows it by. */
  id: z.string(),
  subject: z.string(),
  payload: z.string(),
  error: z.string(),
  /** Who set it aside, and can be sent it again. */
  process: z.string().optional(),
  tries: z.int().optional(),
});
export type SetAside = z.output<typeof SetAside>;

/** Where the process that reads a durable consumer takes in again what was set aside. */
export const redeliverySubject = (durable: string) => `redeliver.${durable}`;

/** The call by which one consumer is sent a dead letter again: accounts makes it for an admin. */
export function redeliveryTo(durable: string, process: string) {
  return {
    service: process,
    name: 'redeliver',
    subject: redeliverySubject(durable),
    input: z.object({ id: z.string(), subject: z.string(), payload: z.string() }),
    /** What the handler failed with this time. */
    output: z.object({ error: z.string().nullable() }),
    idempotent: true,
    batched: false,
    timeoutMs: 10_000,
    codes: ['not_found'],
    callers: { [REDELIVERING_PROCESS]: 'for-user' },
  } as const satisfies Rpc;
}

/** The one process that keeps dead letters and sends them again. */
export const REDELIVERING_PROCESS: ProcessName = 'accounts';
