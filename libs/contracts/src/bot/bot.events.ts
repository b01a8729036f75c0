import { z } from 'zod';
import { defineSignals } from '../define.ts';
import { Id } from '../values.ts';
import { Poll } from './bot.schema.ts';
import { PersonalNote } from './commands.schema.ts';

export const botSignals = defineSignals('bot', {
  /** Words for one person. What has to be known for certain is kept elsewhere too. */
  note: z.object({ userId: Id, note: PersonalNote }),
  /** Somebody uses a command of a bot that answers over its socket: the gateways that have one ask for it. */
  interaction: z.object({ botId: Id, interactionId: Id }),
  /** A poll as it stands now; without its question and options once it is gone. */
  poll: z.object({ roomId: Id, pollId: Id, poll: Poll.nullable() }),
  /** What every instance of the bot keeps in memory was changed by one of them: it is read again before the next message. */
  rulesChanged: z.object({ rules: z.enum(['keywords', 'webhooks']) }),
});
