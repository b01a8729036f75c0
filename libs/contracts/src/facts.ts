import { z } from 'zod';
import type { EventContract, PayloadOf, Rpc } from './define.ts';
import { Id, Instant } from './values.ts';

/** What facts are about. Ids of all kinds are UUIDs, so a key says by itself which object it is. */
export const FACT_KINDS = ['room', 'file', 'person'] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/**
 * Facts that their owner numbers 1, 2, 3… for each object they are about, so that whoever keeps a copy sees what it
 * missed. An owner of such facts answers two calls beside telling the events.
 */
const NumberedFact = z.object({
  /** The id of the event that tells it. */
  id: Id,
  /** The event's name in its contract. */
  name: z.string(),
  version: z.int().min(1),
  payload: z.record(z.string(), z.unknown()),
});
export type NumberedFact = z.output<typeof NumberedFact>;

/** The facts of a key after a version, in order, as far as the owner still has them. */
export const factsAfter = {
  input: z.object({ key: Id, after: z.int().min(0) }),
  output: z.object({ items: z.array(NumberedFact), hasAfter: z.boolean() }),
  idempotent: true,
} as const;

/** Keys of which something was told since, each with the number of its last fact. */
export const factHeads = {
  input: z.object({ since: Instant, afterKey: Id.optional() }),
  output: z.object({ items: z.array(z.object({ key: Id, version: z.int() })), hasAfter: z.boolean() }),
  idempotent: true,
} as const;

/** Points at one fact. */
export const FactMark = z.object({ kind: z.enum(FACT_KINDS), key: Id, version: z.int().min(1) });
export type FactMark = z.output<typeof FactMark>;

/**
 * The last fact of what was changed, or was found to be so already. Whoever must know that others have taken it in asks
 * them to `settle` it.
 */
export const FactReceipt = z.object({
  fact: FactMark,
  /** What gateways of the release before wait for; null, they do not. */
  eventId: Id.nullable(),
});
export const receiptOf = (fact: FactMark): z.output<typeof FactReceipt> => ({ fact, eventId: null });

/**
 * Answers once this service has taken the facts in, as far as it follows their kind: it waits a moment for their events
 * and then asks the owner itself. `settled` is false when it could not do so in time.
 */
export const settleFacts = {
  /** `eventId` is what gateways of the release before ask for; they are answered without waiting. */
  input: z.object({ facts: z.array(FactMark).max(100).default([]), eventId: Id.optional() }),
  output: z.object({ settled: z.boolean() }),
  idempotent: true,
} as const;

/** All facts about one kind of object: the events that tell them, which of their fields is the key, and what the owner answers. */
export type FactsContract<E extends Record<string, EventContract> = Record<string, EventContract>> = {
  readonly kind: FactKind;
  readonly key: string;
  readonly events: E;
  readonly facts: Rpc<typeof factsAfter.input, typeof factsAfter.output, false>;
  readonly heads: Rpc<typeof factHeads.input, typeof factHeads.output, false>;
};

type FactEvent<K extends string> = EventContract<z.ZodType<{ [key in K]: string } & { version: number }>>;

/** Declares the numbered facts of one kind. Every event of theirs carries the key and its `version`. */
export function defineFacts<K extends string, E extends Record<string, FactEvent<K>>>(
  contract: FactsContract<E> & { key: K },
): FactsContract<E> {
  return contract;
}

/** The names of a contract's facts, and what each carries. */
export type FactName<C extends FactsContract> = keyof C['events'] & string;
export type FactPayload<C extends FactsContract, N extends FactName<C>> = PayloadOf<C['events'][N]>;
