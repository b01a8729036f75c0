import { z } from 'zod';
import { defineEvents } from '../define.ts';
import { defineFacts } from '../facts.ts';
import { Id, Instant } from '../values.ts';
import { accounts } from './accounts.rpc.ts';
import { UserRole, Username } from './accounts.schema.ts';
import { KeepOrErase } from './closing.rpc.ts';
import { PersonStatus } from './person-status.schema.ts';

export const accountEvents = defineEvents(
  'accounts',
  {
    /** A user chose another display name, e-mail or presence. */
    userUpdated: z.object({
      userId: Id,
      /** Numbers what is told of one person. */
      version: z.int().min(1),
      username: Username,
      displayName: z.string(),
      avatarUrl: z.string().nullable(),
      presence: z.enum(['auto', 'away', 'dnd']),
      bot: z.boolean().optional(),
      ...PersonStatus.shape,
    }),
    /** A session ended: logged out, ended from the list, or revoked for a reused refresh token. */
    sessionEnded: z.object({ sessionId: Id, userId: Id }),
    /** Someone became admin or is none any more: what is remembered of them does not count. */
    userRoleChanged: z.object({ userId: Id, role: UserRole }),
    /** An admin shut an account, or opened it again. Who is shut out leads no room. */
    userDisabled: z.object({ userId: Id, disabled: z.boolean(), at: Instant, actorId: Id, reason: z.string() }),
    /** A bot's account is gone for good, and its places in rooms with it. */
    botRemoved: z.object({ botId: Id, ownerId: Id, at: Instant }),
    /** Somebody closed their account: they leave everything, and what they left behind is kept under another name, or erased. */
    accountClosed: z.object({ userId: Id, at: Instant, messages: KeepOrErase }),
    /** The spendable balance of a user changed; `version` says which of two is the newer. */
    creditsChanged: z.object({ userId: Id, balance: z.int(), held: z.int(), version: z.int().optional() }),
  },
  { key: 'userId' },
);

/** What others show of a person is numbered for each person. Sessions and credits are no facts: see ADR 10. */
export const profileFacts = defineFacts({
  kind: 'person',
  key: 'userId',
  events: { userUpdated: accountEvents.userUpdated },
  facts: accounts.facts,
  heads: accounts.factHeads,
});
