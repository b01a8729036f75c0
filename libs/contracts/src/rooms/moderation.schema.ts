import { z } from 'zod';
import { Id, Instant, line } from '../values.ts';

export const MAX_MUTE_SECONDS = 28 * 24 * 60 * 60;
const MAX_BAN_SECONDS = 10 * 365 * 24 * 60 * 60;

/** Why a moderator did something: read by the person concerned, and in the audit log. */
export const Reason = line(0, 200);

const term = (maxSeconds: number) => ({
  reason: Reason.optional(),
  until: Instant.optional(),
  seconds: z.int().min(1).max(maxSeconds).optional(),
});
export const BanTerm = z.object(term(MAX_BAN_SECONDS));
export const MuteTerm = z.object(term(MAX_MUTE_SECONDS));

/** Somebody as lists of what was done show them, whether they are in the room or not. */
export const PersonName = z.object({ id: Id, username: z.string(), displayName: z.string(), avatarUrl: z.string().nullable() });
export type PersonName = z.output<typeof PersonName>;

export const Ban = PersonName.extend({
  reason: z.string().nullable(),
  bannedBy: Id,
  bannedAt: Instant,
  until: Instant.optional(),
}).meta({ id: 'Ban' });
export type Ban = z.output<typeof Ban>;

/** One line of a room's audit log. */
export const RoomAuditEntry = z
  .object({
    id: Id,
    at: Instant,
    /** Null for what the service did by its own rules. */
    actorId: Id.nullable(),
    action: z.string(),
    targetId: Id.nullable(),
    reason: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
    actor: PersonName.nullable(),
    target: PersonName.nullable(),
  })
  .meta({ id: 'RoomAuditEntry' });
export type RoomAuditEntry = z.output<typeof RoomAuditEntry>;
