import { z } from 'zod';
import { Id, Instant } from '../values.ts';
import { RoomName } from './rooms.schema.ts';

/** 128 random bits in base64url. */
export const InviteCode = z.string().min(1).max(64);

export const Invite = z
  .object({
    code: z.string(),
    createdBy: Id,
    createdAt: Instant,
    expiresAt: Instant.optional(),
    maxUses: z.int().optional(),
    uses: z.int(),
  })
  .meta({ id: 'Invite' });
export type Invite = z.output<typeof Invite>;

/** Why an invite lets nobody in any more, or not now. */
export const InviteProblem = z.enum(['expired', 'used_up', 'revoked', 'room_archived', 'room_locked', 'room_full']);
export type InviteProblem = z.output<typeof InviteProblem>;

/** What an invite tells whoever holds it. */
export const InvitePreview = RoomName.omit({ id: true })
  .extend({ roomId: Id, valid: z.boolean(), problem: InviteProblem.optional(), expiresAt: Instant.optional() })
  .meta({ id: 'InvitePreview' });
export type InvitePreview = z.output<typeof InvitePreview>;

/** What someone with an invite may be told at the door. */
export const inviteRefusals = ['invite_not_found', 'invite_expired', 'invite_used_up', 'invite_revoked', 'invitation_required'] as const;
