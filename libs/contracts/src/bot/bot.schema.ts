import { z } from 'zod';
import { RoomRole } from '../rooms/roles.ts';

/** Who speaks when the room bot does. */
export const BOT_USER_ID = '00000000-0000-7000-8000-00000000b070';

export const CommandArgument = z.object({
  name: z.string(),
  description: z.string(),
  type: z.enum(['text', 'number', 'user', 'duration']),
  required: z.boolean(),
});

/** A command of the room bot; `/help`, completion and `GET /commands` all read this. */
export const Command = z
  .object({
    name: z.string(),
    description: z.string(),
    usage: z.string(),
    arguments: z.array(CommandArgument),
    allowedRoles: z.array(RoomRole),
  })
  .meta({ id: 'Command' });
export type Command = z.output<typeof Command>;
