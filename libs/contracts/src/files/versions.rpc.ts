import { z } from 'zod';
import type { RpcDefinition } from '../define.ts';
import { Cursor, Id, Limit, listOf } from '../values.ts';
import { FileRecord } from './files.schema.ts';

export const versionRpcs = {
  /** The files of the same name in the room, newest first, the one that was asked for among them. */
  versions: {
    input: z.object({ roomId: Id, fileId: Id, cursor: Cursor.optional(), limit: Limit }),
    output: listOf(FileRecord),
    idempotent: true,
    codes: ['room_not_found', 'not_a_member', 'file_not_found'],
  },
} as const satisfies Record<string, RpcDefinition>;
