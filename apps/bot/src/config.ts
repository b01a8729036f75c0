import { baseConfig } from '@atrium/service-kit';
import { z } from 'zod';

export const botConfig = z.object({
  ...baseConfig,
  BOT_DATABASE_URL: z.url().describe('PostgreSQL of the bot, as role atrium_bot'),
});
export type BotConfig = z.output<typeof botConfig>;
