import { z } from 'zod';
import { FactReceipt } from '../facts.ts';
import { Id } from '../values.ts';
import { MAX_DIRECT_PEOPLE } from './direct.schema.ts';
import { RoomRecord } from './rooms.schema.ts';

/** Direct rooms. */
export const directRpcs = {
  /** The room of the actor and these people, which is made at the first time. */
  openDirect: {
    input: z.object({
      userIds: z
        .array(Id)
        .min(1, { error: 'must name at least one person' })
        .max(MAX_DIRECT_PEOPLE - 1, { error: `must name at most ${MAX_DIRECT_PEOPLE - 1} people` }),
    }),
    output: FactReceipt.extend({ room: RoomRecord, created: z.boolean() }),
    idempotent: true,
    codes: ['user_not_found', 'validation_failed'],
    callers: { gateway: 'for-user', bot: 'for-user' },
  },
  /** Which of a room's members are online now, for a message that calls them. */
  onlineMembers: {
    input: z.object({ roomId: Id }),
    output: z.object({ userIds: z.array(Id) }),
    idempotent: true,
    timeoutMs: 1000,
    callers: { messages: 'for-itself' },
  },
} as const;
