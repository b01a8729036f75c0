import { z } from 'zod';
import { Id, Instant, Nothing } from '../values.ts';
import { Invite, InviteCode, InvitePreview } from './invites.schema.ts';

const refusals = ['room_not_found', 'forbidden', 'room_archived'] as const;

/** Invites: made by moderators, passed on as links. */
export const inviteCalls = {
  createInvite: {
    input: z.object({
      roomId: Id,
      expiresAt: Instant.optional(),
      maxUses: z.int().min(1).max(10_000).optional(),
      idempotencyKey: z.string().max(64).optional(),
    }),
    output: Invite,
    codes: [...refusals, 'validation_failed', 'idempotency_conflict'],
    callers: { gateway: 'for-user', bot: 'for-user' },
  },
  /** Those that still let people in, the newest first. */
  invites: {
    input: z.object({ roomId: Id }),
    output: z.object({ items: z.array(Invite) }),
    idempotent: true,
    codes: ['room_not_found', 'not_a_member', 'forbidden'],
  },
  /** Without a code, all of the room's. */
  revokeInvites: {
    input: z.object({ roomId: Id, code: InviteCode.optional() }),
    output: Nothing,
    idempotent: true,
    codes: [...refusals, 'invite_not_found'],
  },
  /** For anyone who holds the code, signed in or not. */
  getInvite: {
    input: z.object({ code: InviteCode }),
    output: InvitePreview,
    idempotent: true,
    codes: ['invite_not_found'],
    callers: { gateway: 'for-itself' },
  },
} as const;
export type InviteCall = keyof typeof inviteCalls;
