import { z } from 'zod';
import { FileRecord, FileStatus } from '../files/files.schema.ts';
import { RoomRole } from '../rooms/roles.ts';
import { Id, Instant, Seq } from '../values.ts';
import { Message } from './messages.schema.ts';

const base = { seq: Seq, at: Instant, actorId: Id.nullable() };
const entry = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) => z.object({ ...base, type: z.literal(type), ...shape });

const reaction = { messageId: Id, emoji: z.string(), userId: Id, count: z.int(), userIds: z.array(Id) };

/** One thing that happened in a room, at its place in the room's log. */
export const TimelineEntry = z
  .discriminatedUnion('type', [
    entry('message.created', { message: Message }),
    /** Without the message where someone in the room may not see what was said before they came; it is read again then. */
    entry('message.edited', { messageId: Id, message: Message.optional() }),
    /** A reply's deletion also says which message it answered, and how often that one is answered now. */
    entry('message.deleted', {
      messageId: Id,
      by: Id,
      reason: z.string().optional(),
      messageSeq: Seq,
      thread: z.object({ rootId: Id, replyCount: z.int(), lastReplyAt: Instant.nullable() }).optional(),
    }),
    /** An admin read a deleted message, or, without one, what is said in a room that they are not in. */
    entry('messages.inspected', { messageId: Id.optional(), reason: z.string() }),
    /** Without the message where someone in the room may not see what was said before they came; likewise the file below. */
    entry('message.pinned', { messageId: Id, message: Message.optional() }),
    entry('message.unpinned', { messageId: Id, message: Message.optional() }),
    /** What its links lead to is shown now, or no longer. Without the message as for an edit. */
    entry('message.previewed', { messageId: Id, message: Message.optional() }),
    /** `count` and `userIds` say how the message stands with this emoji now: how many reacted, and the first of them. */
    entry('reaction.added', reaction),
    entry('reaction.removed', reaction),
    entry('member.joined', { userId: Id, username: z.string(), displayName: z.string(), role: RoomRole }),
    entry('member.left', { userId: Id }),
    entry('member.kicked', { userId: Id, reason: z.string().nullable() }),
    /** `wasMember: false`: the banned person was not in the room, so that nobody left it. */
    entry('member.banned', {
      userId: Id,
      reason: z.string().nullable(),
      until: Instant.nullable().optional(),
      wasMember: z.boolean().optional(),
    }),
    entry('member.unbanned', { userId: Id }),
    entry('member.muted', { userId: Id, mutedUntil: Instant.nullable(), reason: z.string().nullable().optional() }),
    entry('member.role', { userId: Id, role: RoomRole }),
    entry('host.changed', { previousHostId: Id.nullable(), hostId: Id.nullable() }),
    entry('room.updated', { changed: z.array(z.string()), room: z.record(z.string(), z.unknown()) }),
    entry('bot.toggled', { enabled: z.boolean() }),
    entry('file.added', { file: FileRecord }),
    entry('file.status', { fileId: Id, status: FileStatus, statusReason: z.string().nullable(), file: FileRecord.optional() }),
    entry('file.deleted', { fileId: Id }),
  ])
  .meta({ id: 'TimelineEntry' });
export type TimelineEntry = z.output<typeof TimelineEntry>;
export type TimelineEntryType = TimelineEntry['type'];
