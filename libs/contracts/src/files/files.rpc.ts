import { z } from 'zod';
import { defineRpcs } from '../define.ts';
import { FactMark, FactReceipt, factHeads, factsAfter, settleFacts } from '../facts.ts';
import { FileHits, SearchRequest } from '../search/search.schema.ts';
import { Cursor, Id, Limit, Nothing, listOf } from '../values.ts';
import { purgesLeft } from '../admin/purges.schema.ts';
import { filesAdminRpcs } from './admin.rpc.ts';
import {
  Answer,
  AnswerHistory,
  ChosenFiles,
  FileRecord,
  Guide,
  MAX_FILES_PER_UPLOAD,
  PutFile,
  Question,
  TextPage,
} from './files.schema.ts';
import { ownFileRpcs } from './own-files.rpc.ts';
import { previewRpcs } from './previews.rpc.ts';
import { resumableRpcs } from './resumable.rpc.ts';
import { storageRpcs } from './storage.rpc.ts';
import { versionRpcs } from './versions.rpc.ts';

const inRoom = z.object({ roomId: Id });
const oneFile = z.object({ roomId: Id, fileId: Id });
const mayNotUpload = ['room_not_found', 'not_a_member', 'muted', 'posting_restricted', 'room_archived', 'storage_full'] as const;
const notThere = ['room_not_found', 'not_a_member', 'file_not_found'] as const;

export const files = defineRpcs('files', {
  ...ownFileRpcs,
  ...resumableRpcs,
  ...previewRpcs,
  ...storageRpcs,
  ...versionRpcs,
  /**
   * Checks that the actor may upload, and has the space for as many bytes as are announced, and gives the address to put
   * the bytes at; nothing is visible yet.
   */
  openUpload: {
    input: inRoom.extend({ announcedBytes: z.int().min(0).default(0) }),
    output: z.object({ fileId: Id, putUrl: z.string(), maxBytes: z.int() }),
    codes: mayNotUpload,
  },
  /**
   * Records the bytes put at the addresses, all of them or none: types by content, rows, extraction queued. A repeat of
   * the same key is answered with the files of the first, and `idempotency_conflict` if it brought others. A `draft` is
   * seen by its uploader alone until a message carries it.
   */
  recordUpload: {
    input: inRoom.extend({
      idempotencyKey: z.string().max(64).optional(),
      draft: z.boolean().optional(),
      files: z.array(PutFile).min(1).max(MAX_FILES_PER_UPLOAD),
    }),
    output: z.object({ files: z.array(FileRecord), facts: z.array(FactMark), eventIds: z.array(Id) }),
    idempotent: true,
    timeoutMs: 5000,
    codes: [...mayNotUpload, 'file_too_large', 'file_not_found', 'idempotency_conflict'],
  },
  list: {
    input: inRoom.extend({
      /** Of files of one name: all, or the newest alone. */
      versions: z.enum(['all', 'newest']).default('all'),
      cursor: Cursor.optional(),
      limit: Limit,
    }),
    output: listOf(FileRecord),
    idempotent: true,
    codes: ['room_not_found', 'not_a_member'],
    callers: { gateway: 'for-user', bot: 'naming-user' },
  },
  /** The names and the text of files that the actor may see now. */
  search: { input: SearchRequest, output: FileHits, idempotent: true, codes: ['room_not_found', 'not_a_member'] },
  get: { input: oneFile, output: FileRecord, idempotent: true, codes: notThere },
  /** Where the gateway reads the bytes from, and what it may say about them. */
  openContent: {
    input: oneFile,
    output: z.object({ file: FileRecord, getUrl: z.string(), inlineType: z.string().nullable() }),
    idempotent: true,
    codes: [...notThere, 'file_not_ready', 'file_infected'],
  },
  /** As many pages as fit one reply; `nextAfterPage` (null at the end) asks for the rest. */
  text: {
    input: oneFile.extend({ afterPage: z.int().min(0).default(0) }),
    output: z.object({ pages: z.array(TextPage), nextAfterPage: z.int().nullable() }),
    idempotent: true,
    timeoutMs: 5000,
    codes: [...notThere, 'file_not_ready'],
  },
  retry: {
    input: oneFile,
    output: FactReceipt.extend({ file: FileRecord }),
    codes: [...notThere, 'forbidden', 'file_not_retryable', 'room_archived'],
  },
  remove: { input: oneFile, output: FactReceipt, codes: [...notThere, 'forbidden'] },
  ask: {
    input: oneFile.extend({ question: Question, idempotencyKey: z.string().max(64).optional() }),
    output: Answer,
    timeoutMs: 30_000,
    codes: [...notThere, 'file_not_ready', 'insufficient_credits'],
  },
  askHistory: {
    input: oneFile.extend({ cursor: Cursor.optional(), limit: Limit }),
    output: AnswerHistory,
    idempotent: true,
    codes: notThere,
  },
  clearAskHistory: { input: oneFile, output: Nothing, idempotent: true, codes: notThere },
  /** Over every ready file of the room, or those that are named. */
  askRoom: {
    input: inRoom.extend({ question: Question, fileIds: ChosenFiles.optional(), idempotencyKey: z.string().max(64).optional() }),
    output: Answer,
    timeoutMs: 30_000,
    codes: [...notThere, 'file_not_ready', 'insufficient_credits'],
    callers: { gateway: 'for-user', bot: 'naming-user' },
  },
  askRoomHistory: {
    input: inRoom.extend({ cursor: Cursor.optional(), limit: Limit }),
    output: AnswerHistory,
    idempotent: true,
    codes: ['room_not_found', 'not_a_member'],
  },
  clearAskRoomHistory: { input: inRoom, output: Nothing, idempotent: true, codes: ['room_not_found', 'not_a_member'] },
  /** Whether an answer helped its asker; null takes it back. */
  rateAnswer: {
    input: inRoom.extend({ answerId: Id, helpful: z.boolean().nullable() }),
    output: Answer,
    idempotent: true,
    codes: ['room_not_found', 'not_a_member', 'answer_not_found'],
  },
  guide: { input: oneFile, output: Guide, idempotent: true, timeoutMs: 5000, codes: [...notThere, 'file_not_ready'] },
  /** How much of the room's extraction is still under way; what `/status` tells. */
  queueStatus: {
    input: inRoom,
    output: z.object({ waiting: z.int(), extracting: z.int(), ready: z.int(), failed: z.int() }),
    idempotent: true,
    codes: ['room_not_found', 'not_a_member'],
    callers: { gateway: 'for-user', bot: 'naming-user' },
  },
  ...filesAdminRpcs,
  adminPurgesLeft: purgesLeft,
  settle: { ...settleFacts, callers: { gateway: 'for-itself' } },
  /** What `fileEvents` told of a file, for whoever missed some of it. */
  facts: { ...factsAfter, callers: { messages: 'for-itself' } },
  factHeads: { ...factHeads, callers: { messages: 'for-itself' } },
});
