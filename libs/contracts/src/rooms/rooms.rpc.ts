import { z } from 'zod';
import { defineRpcs } from '../define.ts';
import { FactReceipt, factHeads, factsAfter } from '../facts.ts';
import { Cursor, Id, Instant, Limit, Nothing, line, listOf } from '../values.ts';
import { directRpcs } from './direct.rpc.ts';
import { botMemberRpcs } from './bots.rpc.ts';
import { askedPurges } from '../admin/purges.schema.ts';
import { roomsAdminRpcs } from './admin.rpc.ts';
import { InviteCode, inviteRefusals } from './invites.schema.ts';
import { inviteCalls } from './invites.rpc.ts';
import { lobbyCalls } from './lobby.rpc.ts';
import { moderationCalls } from './moderation.rpc.ts';
import { Member, RoomPassword, RoomRecord, RoomSettings, RoomState } from './rooms.schema.ts';
import { RoomRole } from './roles.ts';

const RoomPatch = RoomSettings.partial().extend({ password: RoomPassword.nullable().optional() });

export const rooms = defineRpcs('rooms', {
  ...directRpcs,
  ...botMemberRpcs,
  create: {
    input: RoomPatch.extend({ name: RoomSettings.shape.name, idempotencyKey: z.string().max(64).optional() }),
    output: FactReceipt.extend({ room: RoomRecord }),
    codes: ['idempotency_conflict', 'room_not_found'],
  },
  /** Public rooms, the largest first. */
  discover: {
    input: z.object({ query: line(0, 80).default(''), cursor: Cursor.optional(), limit: Limit }),
    output: listOf(RoomRecord),
    idempotent: true,
  },
  /** Every room the actor is in, by latest activity as rooms knows it; the gateway sorts, filters and pages them. */
  listJoined: { input: Nothing, output: z.object({ items: z.array(RoomRecord) }), idempotent: true },
  get: {
    input: z.object({ roomId: Id }),
    output: RoomRecord,
    idempotent: true,
    codes: ['room_not_found'],
    callers: { gateway: 'for-user', bot: 'naming-user' },
  },
  update: {
    input: RoomPatch.extend({ roomId: Id }),
    output: FactReceipt.extend({ room: RoomRecord }),
    codes: ['room_not_found', 'forbidden', 'room_archived'],
    callers: { gateway: 'for-user', bot: 'for-user' },
  },
  archive: { input: z.object({ roomId: Id }), output: FactReceipt, codes: ['room_not_found', 'forbidden'] },
  join: {
    input: z.object({
      roomId: Id,
      password: z.string().max(1024).optional(),
      inviteCode: InviteCode.optional(),
      /** From the link of a private room: proves that its existence is no news. */
      linkKey: z.string().max(64).optional(),
      address: z.string(),
    }),
    output: FactReceipt.extend({ room: RoomRecord, member: Member }),
    timeoutMs: 5000,
    codes: [
      'room_not_found',
      'wrong_password',
      'room_locked',
      'banned',
      'account_disabled',
      'room_full',
      'room_archived',
      'too_many_attempts',
      'waiting_in_lobby',
      ...inviteRefusals,
    ],
  },
  leave: {
    input: z.object({ roomId: Id, successorId: Id.optional() }),
    /** `hides`: a direct room, which nobody leaves; whoever keeps the caller's list hides it until its next message. */
    output: FactReceipt.extend({ newHostId: Id.nullable(), archived: z.boolean(), hides: z.boolean().optional() }),
    codes: ['room_not_found', 'not_a_member', 'invalid_successor'],
  },
  members: {
    input: z.object({ roomId: Id, query: line(0, 64).default(''), cursor: Cursor.optional(), limit: Limit }),
    output: listOf(Member),
    idempotent: true,
    codes: ['room_not_found', 'not_a_member'],
    callers: { gateway: 'for-user', bot: 'naming-user' },
  },
  setRole: {
    input: z.object({ roomId: Id, userId: Id, role: z.enum(['moderator', 'member']) }),
    output: FactReceipt.extend({ member: Member }),
    codes: ['room_not_found', 'forbidden', 'member_not_found', 'room_archived'],
  },
  handOver: {
    input: z.object({ roomId: Id, userId: Id }),
    output: FactReceipt.extend({ room: RoomRecord }),
    codes: ['room_not_found', 'forbidden', 'member_not_found', 'room_archived'],
  },
  kick: {
    input: z.object({ roomId: Id, userId: Id, reason: line(0, 200).optional() }),
    output: FactReceipt,
    codes: ['room_not_found', 'forbidden', 'member_not_found', 'room_archived'],
  },
  /** Tells the room that the actor types (kept 8 s) or stopped. */
  setTyping: {
    input: z.object({ roomId: Id, typing: z.boolean() }),
    output: Nothing,
    idempotent: true,
    codes: ['room_not_found', 'not_a_member', 'muted', 'room_archived'],
  },
  toggleBot: {
    input: z.object({ roomId: Id, enabled: z.boolean().optional() }),
    output: FactReceipt.extend({ botEnabled: z.boolean() }),
    codes: ['room_not_found', 'forbidden', 'room_archived'],
  },
  /** Membership as the projections of other services keep it; `member` is null for who is not in. */
  getMembership: {
    input: z.object({ roomId: Id, userId: Id }),
    output: z.object({
      /** Raised by every change of the room; a projection never goes back. */
      version: z.int(),
      room: RoomState,
      member: z
        .object({
          userId: Id,
          username: z.string(),
          displayName: z.string(),
          role: RoomRole,
          joinedAt: Instant,
          mutedUntil: Instant.nullable(),
          bot: z.boolean().optional(),
        })
        .nullable(),
    }),
    idempotent: true,
    codes: ['room_not_found'],
    callers: { messages: 'for-itself', files: 'for-itself', bot: 'for-itself' },
  },
  ...moderationCalls,
  ...inviteCalls,
  ...lobbyCalls,
  /** Rooms that the actor and somebody else are both in; direct ones left out. */
  sharedRooms: {
    input: z.object({ userId: Id }),
    output: z.object({ items: z.array(z.object({ id: Id, name: z.string(), visibility: RoomRecord.shape.visibility })) }),
    idempotent: true,
  },
  /** Puts the room first in the actor's own list. */
  setFavourite: {
    input: z.object({ roomId: Id, favourite: z.boolean() }),
    output: Nothing,
    idempotent: true,
    codes: ['room_not_found', 'not_a_member'],
  },
  /** What `roomEvents` told of a room, for whoever missed some of it. */
  facts: { ...factsAfter, callers: { messages: 'for-itself', files: 'for-itself' } },
  factHeads: { ...factHeads, callers: { messages: 'for-itself', files: 'for-itself' } },
  ...roomsAdminRpcs,
  adminPurges: askedPurges,
  /** What one gateway knows of who is connected to it; repeated every 30 s, at once on a change. */
  reportPresence: {
    input: z.object({
      gatewayId: Id,
      users: z.array(z.object({ userId: Id, status: z.enum(['online', 'away', 'offline']) })).max(20_000),
    }),
    output: Nothing,
    idempotent: true,
    callers: { gateway: 'for-itself' },
  },
});
