import { z } from 'zod';
import { Id, Instant, Seq, line, nameLine, prose } from '../values.ts';
import { Message } from '../messages/messages.schema.ts';
import { NotifyLevel, RoomNotify } from '../messages/notifications.schema.ts';
import { DirectPerson, RoomKind } from './direct.schema.ts';
import { MemberStatus } from './member-status.ts';
import { RoomRole } from './roles.ts';
import { Username } from '../accounts/accounts.schema.ts';

export const Visibility = z.enum(['public', 'private']);

/** What a host decides about a room, apart from its password. */
export const RoomSettings = z.object({
  name: nameLine(1, 80),
  topic: line(0, 250),
  description: prose(0, 2000),
  visibility: Visibility,
  locked: z.boolean(),
  botEnabled: z.boolean(),
  slowModeSeconds: z.int().min(0).max(21_600),
  whoCanPost: z.enum(['everyone', 'moderators']),
  historyVisibility: z.enum(['all', 'since_join']),
  removedCanRejoin: z.boolean(),
  editWindowSeconds: z.int().min(-1).max(31_536_000),
  maxMembers: z.int().min(1).max(10_000),
  /** Who joins waits until a moderator lets them in. */
  lobby: z.boolean(),
  /** After so many days without its host a room passes to somebody else; 0 never. */
  hostAwayDays: z.int().min(0).max(3650),
});
export type RoomSettings = z.output<typeof RoomSettings>;

export const RoomPassword = z
  .string()
  .min(1, { error: 'must not be empty' })
  .refine((v) => [...v].length <= 128, { error: 'must have at most 128 characters' })
  .meta({ maxLength: 128 });

/** What a room shows of itself to who may not come in yet. */
export const RoomName = z.object({ id: Id, name: z.string(), topic: z.string() });

/** What the rooms service knows of a room, and of the caller in it. */
export const RoomRecord = z.object({
  id: Id,
  kind: RoomKind.default('room'),
  /** The people of a direct room, whose name is what they are called, the caller left out. */
  people: z.array(DirectPerson).optional(),
  name: z.string(),
  topic: z.string(),
  description: z.string(),
  visibility: Visibility,
  hasPassword: z.boolean(),
  locked: z.boolean(),
  lobby: z.boolean(),
  botEnabled: z.boolean(),
  slowModeSeconds: z.int(),
  whoCanPost: RoomSettings.shape.whoCanPost,
  historyVisibility: RoomSettings.shape.historyVisibility,
  removedCanRejoin: z.boolean(),
  editWindowSeconds: z.int(),
  maxMembers: z.int(),
  hostAwayDays: z.int().optional(),
  memberCount: z.int(),
  onlineCount: z.int(),
  hostId: Id.nullable(),
  /** Who acts for a host who is away. */
  actingHostId: Id.nullable().optional(),
  createdAt: Instant,
  archivedAt: Instant.nullable(),
  me: z
    .object({
      role: RoomRole,
      joinedAt: Instant,
      mutedUntil: Instant.nullable(),
      muteReason: z.string().nullable().optional(),
      favourite: z.boolean().optional(),
      /** What the link of a private room carries, so that its door shows itself to whom a member gave it. */
      linkKey: z.string().nullable().optional(),
      notify: NotifyLevel,
    })
    .nullable(),
});
export type RoomRecord = z.output<typeof RoomRecord>;

/** A room as what is told of it says: nothing that depends on who looks, or on who is connected. */
export const RoomState = RoomRecord.omit({ me: true, people: true, memberCount: true, onlineCount: true, actingHostId: true });

/** What the messages service knows of a room, and of the caller's reading of it. */
export const RoomActivity = z.object({
  roomId: Id,
  epoch: Id,
  lastSeq: Seq,
  /** Absent for a caller who may not read the room. */
  lastMessage: Message.nullable(),
  lastActivityAt: Instant.nullable(),
  me: z
    .object({
      readSeq: Seq,
      /** Where the marker stood before the actor's own last message moved it: what "since I last read" means to the bot. */
      readSeqBeforeSend: Seq.optional(),
      /** Where the marker stood before this visit of the room moved it. */
      readSeqBeforeVisit: Seq.optional(),
      unread: z.int(),
      mentions: z.int(),
      threadUnread: z.int(),
      /** What the actor is told of in the room now, and whether they have said so for this room. */
      notify: NotifyLevel.optional(),
      roomNotify: RoomNotify.optional(),
      /** A direct room that the actor has left: not in their list until its next message. */
      hidden: z.boolean().optional(),
    })
    .nullable(),
});
export type RoomActivity = z.output<typeof RoomActivity>;

/** A room as clients see it: the record and the activity together. */
export const Room = RoomRecord.omit({ me: true, archivedAt: true, actingHostId: true })
  .extend({
    archivedAt: Instant.optional(),
    actingHostId: Id.optional(),
    epoch: Id,
    lastSeq: Seq,
    lastMessage: Message.optional(),
    me: z
      .object({
        role: RoomRole,
        joinedAt: Instant,
        readSeq: Seq,
        unread: z.int(),
        mentions: z.int(),
        threadUnread: z.int(),
        mutedUntil: Instant.optional(),
        muteReason: z.string().optional(),
        favourite: z.boolean().optional(),
        linkKey: z.string().optional(),
        notify: NotifyLevel,
        /** What the caller has set for this room; absent, their preferences hold. */
        roomNotify: RoomNotify.optional(),
      })
      .optional(),
  })
  .meta({ id: 'Room' });
export type Room = z.output<typeof Room>;

export const Member = z
  .object({
    id: Id,
    username: Username,
    displayName: z.string(),
    avatarUrl: z.string().nullable(),
    role: RoomRole,
    status: MemberStatus,
    typing: z.boolean(),
    joinedAt: Instant,
    mutedUntil: Instant.optional(),
    handRaisedAt: Instant.optional(),
    /** Whether this is a program, not a person. */
    bot: z.boolean().optional(),
  })
  .meta({ id: 'Member' });
export type Member = z.output<typeof Member>;
