import { baseConfig } from '@atrium/service-kit';
import { z } from 'zod';

export const configSchema = z.object({
  ...baseConfig,
  MESSAGES_DATABASE_URL: z.url().describe('PostgreSQL address of the messages schema, as its own role'),
});
export type MessagesConfig = z.output<typeof configSchema>;
