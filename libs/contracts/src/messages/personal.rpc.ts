import { z } from 'zod';
import type { RpcDefinition } from '../define.ts';
import { Cursor, Id, Limit, Nothing, listOf } from '../values.ts';
import { SavedMessage, Thread } from './messages.schema.ts';

export const ThreadFilter = z.enum(['following', 'unread', 'all']);
const noRoom = ['room_not_found', 'not_a_member', 'message_not_found'] as const;

/** What one person keeps track of, over all of their rooms. */
export const personalCalls = {
  /** Threads of every room that the actor is in, the one with the newest reply first. */
  myThreads: {
    input: z.object({ filter: ThreadFilter.default('all'), cursor: Cursor.optional(), limit: Limit }),
    output: listOf(Thread),
    idempotent: true,
    codes: ['validation_failed'],
  },
  /** Follows the thread of a message, or leaves it, which holds until the actor is named in it or writes there. */
  follow: {
    input: z.object({ roomId: Id, messageId: Id, following: z.boolean() }),
    output: Nothing,
    idempotent: true,
    codes: noRoom,
  },
  /** Whether the actor follows the thread of a message, by choice or because they are part of it. */
  following: {
    input: z.object({ roomId: Id, messageId: Id }),
    output: z.object({ following: z.boolean() }),
    idempotent: true,
    codes: noRoom,
  },
  /** Messages kept for later, those kept last first. */
  saved: {
    input: z.object({ cursor: Cursor.optional(), limit: Limit }),
    output: listOf(SavedMessage),
    idempotent: true,
    codes: ['validation_failed'],
  },
  save: { input: z.object({ messageId: Id }), output: SavedMessage, idempotent: true, codes: ['message_not_found', 'too_many_saved'] },
  unsave: { input: z.object({ messageId: Id }), output: Nothing, idempotent: true },
} as const satisfies Record<string, RpcDefinition>;
