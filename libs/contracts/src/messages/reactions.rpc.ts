import { z } from 'zod';
import type { RpcDefinition } from '../define.ts';
import { Cursor, Id, Instant, Limit, listOf } from '../values.ts';
import { Emoji, Message } from './messages.schema.ts';

const oneMessage = z.object({ roomId: Id, messageId: Id });
const codes = ['room_not_found', 'not_a_member', 'room_archived', 'muted', 'message_not_found', 'validation_failed'] as const;

export const MAX_REACTIONS = 50;

/** What people say of a message with one emoji. */
export const reactionCalls = {
  react: {
    input: oneMessage.extend({ emoji: Emoji }),
    output: Message,
    idempotent: true,
    codes: [...codes, 'too_many_reactions'],
  },
  unreact: { input: oneMessage.extend({ emoji: Emoji }), output: Message, idempotent: true, codes },
  /** Who reacted, the first first. */
  reactions: {
    input: oneMessage.extend({ emoji: Emoji.optional(), cursor: Cursor.optional(), limit: Limit }),
    output: listOf(z.object({ emoji: z.string(), userId: Id, at: Instant })),
    idempotent: true,
    codes: ['room_not_found', 'not_a_member', 'message_not_found', 'validation_failed'],
  },
} as const satisfies Record<string, RpcDefinition>;
