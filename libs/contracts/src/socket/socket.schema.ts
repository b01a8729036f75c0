import { z } from 'zod';
import { DirectoryUser } from '../accounts/accounts.schema.ts';
import { Poll } from '../bot/bot.schema.ts';
import { CommandReply, CommandRun, PersonalNote } from '../bot/commands.schema.ts';
import { Interaction, InteractionAnswer } from '../bot/own-bots.schema.ts';
import { ERROR_CODES, ErrorDetails } from '../errors.ts';
import { MessageDraft, SendReceipt } from '../messages/messages.schema.ts';
import { Draft } from '../messages/drafts.rpc.ts';
import { ScheduledMessage } from '../messages/scheduled.rpc.ts';
import { Notification, NotifyLevel, Preferences, RoomNotify } from '../messages/notifications.schema.ts';
import { TimelineEntry } from '../messages/timeline.schema.ts';
import { LobbyOutcome } from '../rooms/lobby.schema.ts';
import { MemberStatus } from '../rooms/member-status.ts';
import { Room } from '../rooms/rooms.schema.ts';
import { Id, Instant, Seq } from '../values.ts';

/** Frames a client sends: `{event, id?, data}`. */
export const ClientFrames = {
  auth: z.object({
    token: z.string().max(4096),
    rooms: z.record(Id, Seq).optional(),
    epochs: z.record(Id, z.string()).optional(),
  }),
  ping: z.object({}),
  'message.send': MessageDraft.extend({ roomId: Id, clientId: MessageDraft.shape.clientId.unwrap() }),
  'command.run': CommandRun.extend({ roomId: Id }),
  'interaction.answer': InteractionAnswer.extend({ interactionId: Id }),
  typing: z.object({ roomId: Id, typing: z.boolean() }),
  read: z.object({ roomId: Id, seq: Seq, threadId: Id.optional(), unread: z.boolean().optional() }),
  focus: z.object({ roomId: Id.nullable() }),
  presence: z.object({ active: z.boolean() }),
  token: z.object({ token: z.string().max(4096) }),
} as const;
export type ClientEvent = keyof typeof ClientFrames;
export type ClientFrame<E extends ClientEvent = ClientEvent> = {
  [K in E]: { event: K; id?: string | number; data: z.input<(typeof ClientFrames)[K]> };
}[E];

/** Frames a server sends: `{event, id?, data}`. */
export const ServerFrames = {
  ready: z.object({ userId: Id, heartbeatSeconds: z.int(), rooms: z.array(Room), reset: z.array(Id) }),
  pong: z.object({ heads: z.record(Id, Seq).optional() }),
  ack: z.union([SendReceipt, CommandReply, z.object({})]),
  error: z.object({
    code: z.enum(ERROR_CODES),
    title: z.string(),
    detail: z.string(),
    status: z.int(),
    ...ErrorDetails.shape,
  }),
  timeline: z.object({ roomId: Id, entries: z.array(TimelineEntry) }),
  typing: z.object({ roomId: Id, userId: Id, typing: z.boolean() }),
  presence: z.object({ userId: Id, status: MemberStatus }),
  /** Somebody changed what everybody may know of them. */
  /** To who shares a room with this person, and to themselves. `version` numbers what is told of one person: the highest holds. */
  person: DirectoryUser.extend({ version: z.int().optional() }),
  'file.progress': z.object({ roomId: Id, fileId: Id, percent: z.int() }),
  'room.joined': z.object({ room: Room }),
  /** `words` is what whoever removed this user gave as the reason, `until` when a ban ends. */
  'room.removed': z.object({
    roomId: Id,
    reason: z.enum(['left', 'kicked', 'banned', 'archived']),
    words: z.string().optional(),
    until: Instant.optional(),
  }),
  'room.acting': z.object({ roomId: Id, actingHostId: Id.nullable(), version: z.int().optional() }),
  hand: z.object({ roomId: Id, userId: Id, handRaisedAt: Instant.nullable() }),
  /** To the person at the door, and, with how many wait, to those who may let people in. */
  lobby: z.object({ roomId: Id, userId: Id, status: LobbyOutcome, waiting: z.int().optional() }),
  favourite: z.object({ roomId: Id, favourite: z.boolean() }),
  /** `lastSeq` is the last entry that the counts know of: what came after it counts on top. */
  read: z.object({
    roomId: Id,
    readSeq: Seq,
    lastSeq: Seq.optional(),
    threadId: Id.optional(),
    unread: z.int(),
    mentions: z.int(),
    threadUnread: z.int(),
  }),
  /** `quiet`: in do not disturb or quiet hours; shown, but nothing rings. */
  notification: Notification.extend({ quiet: z.boolean() }),
  /** How many are left after some were read on another device. */
  'notifications.read': z.object({ unread: z.int() }),
  preferences: Preferences,
  'room.notify': RoomNotify.extend({ roomId: Id, notify: NotifyLevel, version: z.int().optional() }),
  saved: z.object({ roomId: Id, messageId: Id, saved: z.boolean() }),
  /** The thread of this root message is followed, or no longer, on whichever device that was done. */
  'thread.followed': z.object({ roomId: Id, messageId: Id, following: z.boolean() }),
  draft: Draft,
  /** Null once it was sent or cancelled. */
  scheduled: z.object({ roomId: Id, id: Id, scheduled: ScheduledMessage.nullable() }),
  credits: z.object({ balance: z.int(), held: z.int(), version: z.int().optional() }),
  note: PersonalNote,
  /** To a bot: somebody uses a command that it registered. */
  interaction: Interaction,
  /** Results of a poll as they stand now, null once it is gone; what was missed is fetched. */
  poll: z.object({ roomId: Id, pollId: Id, poll: Poll.nullable() }),
  restarting: z.object({ withinMs: z.int() }),
} as const;
export type ServerEvent = keyof typeof ServerFrames;
export type ServerFrame<E extends ServerEvent = ServerEvent> = {
  [K in E]: { event: K; id?: string | number; data: z.output<(typeof ServerFrames)[K]> };
}[E];
