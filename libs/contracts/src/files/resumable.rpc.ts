import { z } from 'zod';
import type { RpcDefinition } from '../define.ts';
import { Id, Instant, Nothing } from '../values.ts';
import { FileName } from './files.schema.ts';

/** How far an upload has come that may arrive in several requests. Its id becomes that of the file. */
export const ResumableUpload = z
  .object({
    id: Id,
    size: z.int(),
    /** How many bytes are kept; the next request begins there. */
    offset: z.int(),
    /** Until when it is kept if nothing more comes. */
    expiresAt: Instant,
    /** Whether it is a file of the room by now. */
    recorded: z.boolean(),
  })
  .meta({ id: 'ResumableUpload' });
export type ResumableUpload = z.output<typeof ResumableUpload>;

const inRoom = z.object({ roomId: Id });
const oneUpload = inRoom.extend({ uploadId: Id });
/** Bytes that follow those which are kept: `offset` is how many those are. */
const newBytes = oneUpload.extend({ offset: z.int().min(0), bytes: z.int().min(1) });
const mayNotUpload = ['room_not_found', 'not_a_member', 'muted', 'posting_restricted', 'room_archived', 'storage_full'] as const;
const mayNotGoOn = [...mayNotUpload, 'upload_not_found'] as const;

/**
 * Uploads that go on after a broken line, at whichever instance. Bytes are put into the store in pieces. Each of these
 * calls asks whether the actor may upload now; of two who send the same bytes, the first is kept.
 */
export const resumableRpcs = {
  createUpload: {
    input: inRoom.extend({ name: FileName, size: z.int().min(0), draft: z.boolean().default(false) }),
    output: ResumableUpload,
    timeoutMs: 5000,
    codes: [...mayNotUpload, 'file_too_large'],
  },
  findUpload: {
    input: oneUpload,
    output: ResumableUpload,
    idempotent: true,
    codes: ['room_not_found', 'not_a_member', 'upload_not_found'],
  },
  /** Where to go on. The `rest` is kept, but too small to be a part of its own: the next piece begins with it. */
  resumeUpload: {
    input: oneUpload,
    output: ResumableUpload.extend({ rest: z.object({ size: z.int(), getUrl: z.string() }).nullable() }),
    idempotent: true,
    codes: mayNotGoOn,
  },
  /** Takes the space of the next piece, and answers an address for it: the rest, and as many new bytes. */
  openPiece: {
    input: newBytes,
    output: z.object({ piece: z.int(), putUrl: z.string() }),
    codes: [...mayNotGoOn, 'upload_offset_conflict', 'payload_too_large'],
  },
  /** Keeps a piece that was put at its address; `etag` is what the store answered. Nothing is left of one that is refused. */
  recordPiece: {
    input: newBytes.extend({ piece: z.int().min(1), etag: z.string() }),
    output: ResumableUpload,
    idempotent: true,
    codes: [...mayNotGoOn, 'upload_offset_conflict'],
  },
  /** Says that a piece will not come: its space is free again, and what came of it is removed. */
  dropPiece: { input: oneUpload.extend({ piece: z.int().min(1) }), output: Nothing, idempotent: true, codes: [] },
  /** Makes one object of the pieces, once all are here. It is a file of the room when `recordUpload` has taken it. */
  assembleUpload: {
    input: oneUpload,
    output: z.object({ fileId: Id, name: z.string(), size: z.int(), draft: z.boolean(), getUrl: z.string() }),
    idempotent: true,
    timeoutMs: 30_000,
    codes: [...mayNotGoOn, 'upload_offset_conflict'],
  },
  removeUpload: { input: oneUpload, output: Nothing, idempotent: true, codes: ['room_not_found', 'not_a_member', 'upload_not_found'] },
} as const satisfies Record<string, RpcDefinition>;
