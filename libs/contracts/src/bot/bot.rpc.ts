import { z } from 'zod';
import { defineRpcs } from '../define.ts';
import { Id } from '../values.ts';
import { Command } from './bot.schema.ts';

export const bot = defineRpcs('bot', {
  commands: {
    input: z.object({ roomId: Id }),
    output: z.object({ items: z.array(Command) }),
    idempotent: true,
    codes: ['room_not_found', 'not_a_member'],
  },
});
