import { z } from 'zod';
import { FactReceipt } from '../facts.ts';
import { Cursor, Id, Instant, Limit, Nothing, listOf } from '../values.ts';
import { Ban, BanTerm, MuteTerm, Reason, RoomAuditEntry } from './moderation.schema.ts';
import { Member } from './rooms.schema.ts';

const about = z.object({ roomId: Id, userId: Id });
const page = z.object({ roomId: Id, cursor: Cursor.optional(), limit: Limit });
const refusals = ['room_not_found', 'forbidden', 'member_not_found', 'room_archived'] as const;

/** What moderators and the host do to keep a room in order. */
export const moderationCalls = {
  /** Takes somebody out and keeps them out; also somebody who is not in. */
  ban: {
    input: about.extend(BanTerm.shape),
    output: FactReceipt,
    codes: ['room_not_found', 'forbidden', 'user_not_found', 'room_archived', 'validation_failed'],
  },
  unban: {
    input: about.extend({ reason: Reason.optional() }),
    output: FactReceipt,
    codes: ['room_not_found', 'forbidden', 'room_archived'],
  },
  bans: { input: page, output: listOf(Ban), idempotent: true, codes: ['room_not_found', 'not_a_member', 'forbidden'] },
  /** Without a time, for as long as a mute may last. */
  mute: {
    input: about.extend(MuteTerm.shape),
    output: FactReceipt,
    codes: [...refusals, 'validation_failed'],
    callers: { gateway: 'for-user', bot: 'for-user' },
  },
  unmute: { input: about.extend({ reason: Reason.optional() }), output: FactReceipt, codes: refusals },
  /** Brings people in at once. Who cannot come is named with the reason; when nobody can, that is the refusal. */
  addMembers: {
    input: z.object({ roomId: Id, userIds: z.array(Id).min(1).max(50) }),
    output: FactReceipt.extend({
      items: z.array(Member),
      refused: z.array(z.object({ userId: Id, code: z.enum(['banned', 'user_not_found', 'room_full']) })),
    }),
    timeoutMs: 5000,
    codes: ['room_not_found', 'forbidden', 'room_archived', 'banned', 'user_not_found', 'room_full'],
    callers: { gateway: 'for-user', bot: 'for-user' },
  },
  /** The actor's own hand; a moderator may lower another's. */
  raiseHand: {
    input: z.object({ roomId: Id, raised: z.boolean(), userId: Id.optional() }),
    output: Nothing,
    idempotent: true,
    codes: ['room_not_found', 'not_a_member', 'forbidden', 'member_not_found', 'room_archived'],
  },
  lowerHands: {
    input: z.object({ roomId: Id }),
    output: Nothing,
    idempotent: true,
    codes: ['room_not_found', 'forbidden', 'room_archived'],
  },
  audit: {
    input: page.extend({
      actor: Id.optional(),
      target: Id.optional(),
      action: z.string().min(1).max(64).optional(),
      from: Instant.optional(),
      to: Instant.optional(),
      /** Only what is older than the entry of this id, which may be another service's. */
      before: Id.optional(),
    }),
    output: listOf(RoomAuditEntry),
    idempotent: true,
    codes: ['room_not_found', 'not_a_member', 'forbidden'],
  },
} as const;
export type ModerationCall = keyof typeof moderationCalls;
