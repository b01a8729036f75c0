import { z } from 'zod';
import type { RpcDefinition } from '../define.ts';
import { Id } from '../values.ts';

const Turn = z.object({
  roomId: Id,
  /** What the turn is taken for: the same again is the same turn. */
  turnId: z.string().min(1).max(64),
});

/** Slow mode for what a bot says to the room because somebody asked it to: it counts as theirs. */
export const turnRpcs = {
  takeTurn: {
    input: Turn,
    output: z.object({}),
    idempotent: true,
    codes: ['room_not_found', 'not_a_member', 'slow_mode'],
    callers: { bot: 'naming-user' },
  },
  /** Nothing was said after all. */
  giveTurnBack: {
    input: Turn,
    output: z.object({}),
    idempotent: true,
    callers: { bot: 'naming-user' },
  },
} as const satisfies Record<string, RpcDefinition>;
