import { z } from 'zod';
import { defineRpcs } from '../define.ts';
import { settleFacts } from '../facts.ts';
import { RoomActivity } from '../rooms/rooms.schema.ts';
import { MessageHits, SearchRequest } from '../search/search.schema.ts';
import { Cursor, Id, Instant, Limit, Place, Seq, listOf, pageOf } from '../values.ts';
import { Message, MessageDraft, SendReceipt, Thread } from './messages.schema.ts';
import { purgesLeft } from '../admin/purges.schema.ts';
import { messagesAdminRpcs } from './admin.rpc.ts';
import { messageChanges } from './changes.rpc.ts';
import { ThreadFilter, personalCalls } from './personal.rpc.ts';
import { reactionCalls } from './reactions.rpc.ts';
import { notificationRpcs } from './notifications.rpc.ts';
import { draftRpcs } from './drafts.rpc.ts';
import { ownMessageRpcs } from './own-messages.rpc.ts';
import { pushRpcs } from './push.rpc.ts';
import { previewRpcs } from './previews.rpc.ts';
import { scheduledRpcs } from './scheduled.rpc.ts';
import { TimelineEntry } from './timeline.schema.ts';
import { turnRpcs } from './turns.rpc.ts';

const Around = z.object({
  before: Place.optional(),
  after: Place.optional(),
  around: Place.optional(),
  limit: Limit,
});
/** `before`, `after` and `around` exclude each other; none means the newest page. */
const onlyOneAnchor = (value: z.output<typeof Around> & { since?: string | undefined }) =>
  [value.before, value.after, value.around, value.since].filter((anchor) => anchor !== undefined).length <= 1;
const anchorError = { error: 'give at most one of before, after and around', path: ['before'] };

export const TimelineQuery = Around.refine(onlyOneAnchor, anchorError);
/** `since`: around the first message since a moment, or the newest page when there is none since. */
const AroundOrSince = Around.extend({ since: Instant.optional() });
export const PageQuery = AroundOrSince.refine(onlyOneAnchor, {
  error: 'give at most one of before, after, around and since',
  path: ['before'],
});

export const messages = defineRpcs('messages', {
  ...notificationRpcs,
  ...ownMessageRpcs,
  ...pushRpcs,
  ...draftRpcs,
  ...scheduledRpcs,
  ...previewRpcs,
  ...turnRpcs,
  send: {
    /** `echo` asks for the whole message in the answer; the socket's acknowledgement needs only the receipt. */
    input: MessageDraft.extend({
      roomId: Id,
      echo: z.boolean().default(false),
      /** The actor is a bot with an account of its own, says the gateway, which has seen its token. */
      byBot: z.boolean().default(false),
    }),
    output: SendReceipt.extend({ message: Message.optional() }),
    idempotent: true,
    batched: true,
    together: 'roomId',
    callers: { gateway: 'for-user', bot: 'for-user' },
    codes: [
      'not_a_member',
      'room_not_found',
      'room_archived',
      'message_too_long',
      'validation_failed',
      'muted',
      'posting_restricted',
      'slow_mode',
      'idempotency_conflict',
      'message_not_found',
      'file_not_found',
    ],
  },
  /** A post of the room bot; `clientId` is the id of the event it answers, so a redelivery changes nothing. */
  postAsBot: {
    input: z.object({
      roomId: Id,
      body: z.string().min(1).max(20_000),
      clientId: z.string().max(64),
      parentId: Id.optional(),
      mayPing: z.boolean().default(false),
      /** A bot with an account of its own, which says this; the room bot unless told. */
      authorId: Id.optional(),
    }),
    output: z.object({ message: Message, deduplicated: z.boolean() }),
    idempotent: true,
    codes: ['room_not_found', 'room_archived', 'forbidden'],
    callers: { bot: 'for-itself' },
  },
  page: {
    input: AroundOrSince.extend({ roomId: Id }).refine(onlyOneAnchor, anchorError),
    output: pageOf(Message),
    idempotent: true,
    timeoutMs: 2000,
    codes: ['room_not_found', 'not_a_member'],
    callers: { gateway: 'for-user', bot: 'naming-user' },
  },
  thread: {
    input: Around.extend({ roomId: Id, messageId: Id }).refine(onlyOneAnchor, anchorError),
    output: pageOf(Message).extend({ root: Message }),
    idempotent: true,
    codes: ['room_not_found', 'not_a_member', 'message_not_found'],
    callers: { gateway: 'for-user', bot: 'naming-user' },
  },
  threads: {
    input: z.object({ roomId: Id, filter: ThreadFilter.default('all'), cursor: Cursor.optional(), limit: Limit }),
    output: listOf(Thread),
    idempotent: true,
    codes: ['room_not_found', 'not_a_member'],
  },
  pin: {
    input: z.object({ roomId: Id, messageId: Id, pinned: z.boolean().optional() }),
    output: Message,
    codes: ['room_not_found', 'not_a_member', 'forbidden', 'message_not_found', 'too_many_pins'],
  },
  pins: {
    input: z.object({ roomId: Id }),
    output: z.object({ items: z.array(Message) }),
    idempotent: true,
    codes: ['room_not_found', 'not_a_member'],
  },
  /** Moves the actor's marker forward, or back with `unread: true`. */
  markRead: {
    /** `visitingSince` is when the caller began to look at the room; a gateway tells it. */
    input: z.object({
      roomId: Id,
      seq: Seq,
      threadId: Id.optional(),
      unread: z.boolean().optional(),
      visitingSince: Instant.optional(),
    }),
    output: z.object({
      roomId: Id,
      readSeq: Seq,
      lastSeq: Seq.optional(),
      unread: z.int(),
      mentions: z.int(),
      threadUnread: z.int(),
    }),
    idempotent: true,
    codes: ['room_not_found', 'not_a_member'],
  },
  /** The room's entries after `after`, in order: how a client or a gateway catches up. */
  events: {
    input: z.object({ roomId: Id, after: Place.default(0), limit: Limit }),
    output: z.object({ items: z.array(TimelineEntry), hasAfter: z.boolean(), lastSeq: Seq, epoch: Id }),
    idempotent: true,
    timeoutMs: 2000,
    codes: ['room_not_found', 'not_a_member'],
  },
  /**
   * Entries `after < seq <= until` for a gateway, which serves many readers of one room at once and applies their
   * membership itself. Each item is the encoded entry. At most 1,000.
   */
  replay: {
    input: z.object({ roomId: Id, after: Seq, until: Seq.optional() }),
    output: z.object({ entries: z.array(z.string()), fromSeq: Seq, toSeq: Seq, lastSeq: Seq }),
    idempotent: true,
    timeoutMs: 2000,
    callers: { gateway: 'for-itself' },
  },
  /** Head, last message and the actor's unread of rooms. Rooms the actor is not in come without content. */
  activity: {
    input: z.object({ roomIds: z.array(Id).max(1000) }),
    output: z.object({ items: z.array(RoomActivity) }),
    idempotent: true,
    callers: { gateway: 'for-user', bot: 'naming-user' },
  },
  /** The last `seq` of each room; what gateways compare with what they delivered. */
  heads: {
    input: z.object({ roomIds: z.array(Id).max(5000) }),
    output: z.object({ heads: z.record(Id, Seq) }),
    idempotent: true,
    callers: { gateway: 'for-itself' },
  },
  /** Messages that the actor may see now; a room that is named and not theirs is refused. */
  search: { input: SearchRequest, output: MessageHits, idempotent: true, codes: ['room_not_found', 'not_a_member'] },
  ...messageChanges,
  ...messagesAdminRpcs,
  adminPurgesLeft: purgesLeft,
  ...reactionCalls,
  ...personalCalls,
  settle: { ...settleFacts, callers: { gateway: 'for-itself' } },
});
