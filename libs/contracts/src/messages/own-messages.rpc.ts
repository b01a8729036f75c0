import { z } from 'zod';
import type { RpcDefinition } from '../define.ts';
import { Cursor, Id, Instant, Limit, Seq, listOf } from '../values.ts';

/** What somebody wrote, without what others made of it. */
export const OwnMessage = z.object({
  id: Id,
  roomId: Id,
  seq: Seq,
  parentId: Id.nullable(),
  body: z.string(),
  fileIds: z.array(Id),
  createdAt: Instant,
  editedAt: Instant.nullable(),
});
export type OwnMessage = z.output<typeof OwnMessage>;

export const ownMessageRpcs = {
  /** Everything that the actor wrote and that was not deleted, also in rooms they have left; room by room, oldest first. */
  written: {
    input: z.object({ cursor: Cursor.optional(), limit: Limit }),
    output: listOf(OwnMessage),
    idempotent: true,
    timeoutMs: 5000,
  },
} as const satisfies Record<string, RpcDefinition>;
