import { z } from 'zod';
import { Id, Instant, Limit } from '../values.ts';

/** What one service still has of a room that is purged; null where it is not counted. */
export const PurgeLeft = z.object({ roomId: Id, done: z.boolean(), left: z.int().nullable() });
export type PurgeLeft = z.output<typeof PurgeLeft>;

/** How far each service is with purges, for admins: in the order of the rooms that are asked for. */
export const purgesLeft = {
  input: z.object({ roomIds: z.array(Id).max(100) }),
  output: z.object({ items: z.array(PurgeLeft) }),
  idempotent: true,
  codes: ['not_found'],
} as const;

/** A room that an admin wants gone. */
export const AskedPurge = z.object({
  roomId: Id,
  name: z.string(),
  askedAt: Instant,
  askedBy: Id.nullable(),
  reason: z.string(),
  /** Whether the room is empty: what others keep of it goes from then on. */
  done: z.boolean(),
  peopleLeft: z.int(),
});
export type AskedPurge = z.output<typeof AskedPurge>;

export const PURGED_PARTS = ['people', 'messages', 'files', 'bot'] as const;
const PartLeft = PurgeLeft.omit({ roomId: true });

/** A purge as admins follow it. */
export const AdminPurge = AskedPurge.omit({ peopleLeft: true })
  .extend({
    /** Whether nothing is left anywhere. */
    done: z.boolean(),
    parts: z.object({ people: PartLeft, messages: PartLeft, files: PartLeft, bot: PartLeft }),
  })
  .meta({ id: 'AdminPurge' });
export type AdminPurge = z.output<typeof AdminPurge>;

/** The latest first; one room's with its id. */
export const askedPurges = {
  input: z.object({ roomId: Id.optional(), limit: Limit }),
  output: z.object({ items: z.array(AskedPurge) }),
  idempotent: true,
  codes: ['not_found'],
} as const;
