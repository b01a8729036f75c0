import { baseConfig, networkList, sealingKey } from '@atrium/service-kit';
import { z } from 'zod';
import { LANGUAGES } from './words/words.ts';

export const botConfig = z.object({
  ...baseConfig,
  BOT_DATABASE_URL: z.url().describe('PostgreSQL of the bot, as role atrium_bot'),
  BOT_SECRETS_KEY: sealingKey.describe(
    'With what the secrets of webhooks and bots are sealed in the database: 32 random bytes in hexadecimal. Keep a copy beside the backups',
  ),
  BOT_LANGUAGE: z
    .enum(LANGUAGES)
    .default('en')
    .describe('The language of what the bot says to a whole room; what it says to one person is in theirs'),
  BOT_WEBHOOK_NETWORKS: networkList.describe(
    'Networks that are not public and that outgoing webhooks may post to all the same, such as 10.0.0.0/8, joined by commas',
  ),
  BOT_WEBHOOK_RETRY_SECONDS: z.coerce
    .number()
    .positive()
    .max(600)
    .default(5)
    .describe('How long after the first failure an outgoing webhook tries again; each next wait is four times the last'),
});
export type BotConfig = z.output<typeof botConfig>;
