import { z } from 'zod';
import { RoomRole } from '../rooms/roles.ts';

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
