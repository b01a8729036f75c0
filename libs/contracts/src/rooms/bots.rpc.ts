import { z } from 'zod';
import type { RpcDefinition } from '../define.ts';
import { Id } from '../values.ts';

/** Bots that have accounts of their own, as members of rooms. */
export const botMemberRpcs = {
  /** Those in a room, the longest-serving first. */
  memberBots: {
    input: z.object({ roomId: Id }),
    output: z.object({ items: z.array(z.object({ userId: Id, username: z.string(), displayName: z.string() })) }),
    idempotent: true,
    callers: { bot: 'for-itself' },
  },
  /** The rooms that each of these bots is in; asked for by whoever owns them. */
  roomsOfBots: {
    input: z.object({ botIds: z.array(Id).max(100) }),
    output: z.object({ items: z.array(z.object({ botId: Id, id: Id, name: z.string() })) }),
    idempotent: true,
    callers: { gateway: 'for-itself' },
  },
} as const satisfies Record<string, RpcDefinition>;
