import { baseConfig, networkList } from '@atrium/service-kit';
import { z } from 'zod';
import { isPrivateKey } from './push/push-key.ts';

export const configSchema = z.object({
  ...baseConfig,
  MESSAGES_DATABASE_URL: z.url().describe('PostgreSQL address of the messages schema, as its own role'),
  MESSAGES_PUSH_KEY: z
    .string()
    .refine(isPrivateKey, { error: 'must be a private key of P-256: 32 bytes in base64url' })
    .optional()
    .describe('With what Web Push is signed (VAPID): a private key of P-256, 32 bytes in base64url; without one, nothing is pushed'),
  MESSAGES_PUSH_CONTACT: z
    .url({ protocol: /^(https|mailto)$/ })
    .default('mailto:operator@atrium.invalid')
    .describe('How push services reach whoever runs this server: a mailto: or https: address. Apple wants one that exists'),
  MESSAGES_PUSH_NETWORKS: networkList.describe(
    'Networks that are not public and where push services may be all the same, such as 10.0.0.0/8, joined by commas',
  ),
  MESSAGES_PUSH_RETRY_SECONDS: z.coerce
    .number()
    .positive()
    .max(600)
    .default(5)
    .describe('How long after the first failure a device is told again; each next wait is four times the last'),
  MESSAGES_LINK_PREVIEWS: z
    .enum(['on', 'off'])
    .default('on')
    .describe('Whether pages that messages link to are fetched, to show their title and picture'),
  MESSAGES_PREVIEW_NETWORKS: networkList.describe(
    'Networks that are not public and whose pages may be shown all the same, such as 10.0.0.0/8, joined by commas',
  ),
});
export type MessagesConfig = z.output<typeof configSchema>;
