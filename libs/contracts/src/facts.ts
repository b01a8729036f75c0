import { z } from 'zod';
import { Id, Instant } from './values.ts';

/**
 * Facts that their owner numbers 1, 2, 3… within a key (a room), so that whoever keeps a copy sees what it missed. An
 * owner of such facts answers these two calls beside telling the events.
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
