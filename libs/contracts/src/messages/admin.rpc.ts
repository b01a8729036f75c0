import { z } from 'zod';
import { AdminReason, Flag, Moment, adminList, auditPage, roomAuditPage, statsOf } from '../admin/admin.schema.ts';
import type { RpcDefinition } from '../define.ts';
import { Cursor, Id, Instant, Limit, Seq, listOf } from '../values.ts';
import { MessageKind, MessageVersion } from './messages.schema.ts';

/** A message as admins find it. What it says is shown of rooms they are in, and of others to whom they gave a reason. */
export const AdminMessage = z
  .object({
    id: Id,
    roomId: Id,
    seq: Seq,
    authorId: Id,
    /** By it one knows what an incoming webhook posted. */
    clientId: z.string().optional(),
    kind: MessageKind,
    parentId: Id.nullable(),
    /** Null where it is not shown, and of a deleted message. */
    body: z.string().nullable(),
    fileIds: z.array(Id),
    createdAt: Instant,
    editedAt: Instant.nullable(),
    deletedAt: Instant.nullable(),
    deletedBy: Id.nullable(),
    deletedReason: z.string().nullable(),
  })
  .meta({ id: 'AdminMessage' });
export type AdminMessage = z.output<typeof AdminMessage>;

/** What a deleted message said, for as long as that is kept. */
export const DeletedMessage = z
  .object({
    id: Id,
    roomId: Id,
    authorId: Id,
    body: z.string(),
    fileIds: z.array(Id),
    versions: z.array(MessageVersion.pick({ version: true, body: true, at: true })),
    deletedBy: Id,
    deletedAt: Instant,
    reason: z.string().nullable(),
    /** Until when it can be read. */
    keptUntil: Instant,
  })
  .meta({ id: 'DeletedMessage' });
export type DeletedMessage = z.output<typeof DeletedMessage>;

/** What admins ask of messages. Whoever is not one is told that there is nothing. */
export const messagesAdminRpcs = {
  /**
   * Messages of every room, newest first. What is said in rooms that the admin is not in is shown only under a reason: the
   * log keeps it and each room is told. Words that are looked for there without one are kept in the log.
   */
  adminMessages: {
    input: z.object({
      query: adminList.query,
      roomId: Id.optional(),
      authorId: Id.optional(),
      from: Moment.optional(),
      to: Moment.optional(),
      deleted: Flag.optional(),
      reason: AdminReason.optional(),
      cursor: Cursor.optional(),
      limit: Limit,
    }),
    output: listOf(AdminMessage),
    timeoutMs: 5000,
    codes: ['not_found', 'validation_failed'],
  },
  /** A repeat changes nothing. */
  adminRemoveMessage: {
    input: z.object({ messageId: Id, reason: AdminReason }),
    output: z.object({ roomId: Id, fileIds: z.array(Id) }),
    idempotent: true,
    codes: ['not_found', 'message_not_found'],
  },
  /** What a deleted message said. Its room is told who read it and why. */
  adminDeletedMessage: {
    input: z.object({ messageId: Id, reason: AdminReason }),
    output: DeletedMessage,
    codes: ['not_found', 'message_not_found'],
  },
  adminAudit: { ...auditPage, codes: ['not_found'] },
  adminStats: { ...statsOf, codes: ['not_found'] },
  /** What was done with the messages of a room. */
  roomAudit: roomAuditPage,
} as const satisfies Record<string, RpcDefinition>;
