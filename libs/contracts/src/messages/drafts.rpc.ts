import { z } from 'zod';
import type { RpcDefinition } from '../define.ts';
import { Id, Instant, isStorable } from '../values.ts';
import { MAX_BODY_LENGTH } from './messages.schema.ts';

/** Longer than a message may be: what is too long can be shortened before it is sent. */
export const MAX_DRAFT_LENGTH = 4 * MAX_BODY_LENGTH;

/** What somebody has written in a room or thread and not sent; `version` counts its changes. An empty body is no draft. */
export const Draft = z
  .object({ roomId: Id, parentId: Id.optional(), body: z.string(), version: z.int(), updatedAt: Instant })
  .meta({ id: 'Draft' });
export type Draft = z.output<typeof Draft>;

/** `ifVersion`: the last one the writer knew, 0 for none. Without it, the later write stands. */
export const DraftInput = z.object({
  body: z
    .string()
    .max(MAX_DRAFT_LENGTH)
    .refine(isStorable, { error: 'must not contain null characters or halves of characters' })
    .meta({ maxLength: MAX_DRAFT_LENGTH }),
  parentId: Id.optional(),
  ifVersion: z.int().min(0).optional(),
});
export type DraftInput = z.input<typeof DraftInput>;

export const draftRpcs = {
  /** Everything the actor has begun to write in rooms they are in, changed last first; at most 1,000. */
  drafts: { input: z.object({}), output: z.object({ items: z.array(Draft) }), idempotent: true },
  /** Keeps what is written in one place; told to the actor's other devices. */
  keepDraft: {
    input: DraftInput.extend({ roomId: Id }),
    output: Draft,
    idempotent: true,
    codes: ['room_not_found', 'not_a_member', 'stale_version', 'too_many_drafts'],
  },
} as const satisfies Record<string, RpcDefinition>;
