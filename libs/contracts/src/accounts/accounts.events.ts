import { z } from 'zod';
import { defineEvents } from '../define.ts';
import { Id } from '../values.ts';
import { Username } from './accounts.schema.ts';

export const accountEvents = defineEvents('accounts', {
  /** A user chose another display name, e-mail or presence. */
  userUpdated: z.object({
    userId: Id,
    username: Username,
    displayName: z.string(),
    avatarUrl: z.string().nullable(),
    presence: z.enum(['auto', 'away', 'dnd']),
  }),
  /** A session ended: logged out, ended from the list, or revoked for a reused refresh token. */
  sessionEnded: z.object({ sessionId: Id, userId: Id }),
  /** The spendable balance of a user changed. */
  creditsChanged: z.object({ userId: Id, balance: z.int(), held: z.int() }),
});
