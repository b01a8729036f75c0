import { z } from 'zod';
import type { RpcDefinition } from '../define.ts';
import { Cursor, Id, Instant, Limit, listOf } from '../values.ts';
import { AnswerStatus, FileRecord } from './files.schema.ts';

/** A question as its asker put it. The answer quotes files of the room, which the asker may have left. */
export const OwnQuestion = z.object({
  id: Id,
  roomId: Id,
  /** Null for one that was put to files of the room. */
  fileId: Id.nullable(),
  question: z.string(),
  status: AnswerStatus,
  cost: z.int(),
  createdAt: Instant,
});
export type OwnQuestion = z.output<typeof OwnQuestion>;

const page = z.object({ cursor: Cursor.optional(), limit: Limit });

export const ownFileRpcs = {
  /** What is known of every file that the actor uploaded and that was not deleted, also in rooms they have left; oldest first. */
  uploaded: { input: page, output: listOf(FileRecord), idempotent: true },
  /** Every question that the actor was answered, oldest first. */
  asked: { input: page, output: listOf(OwnQuestion), idempotent: true },
} as const satisfies Record<string, RpcDefinition>;
