import { baseConfig, sealingKey } from '@atrium/service-kit';
import { Username } from '@atrium/contracts';
import { z } from 'zod';
import { Providers } from './oidc/providers.ts';

const Admins = z
  .string()
  .default('')
  .transform((list) =>
    list
      .split(',')
      .map((name) => name.trim().toLowerCase())
      .filter(Boolean),
  )
  .pipe(z.array(Username));

export const accountsConfig = z.object({
  ...baseConfig,
  ACCOUNTS_DATABASE_URL: z.url().describe('PostgreSQL of the accounts service, as role atrium_accounts'),
  ACCOUNTS_INITIAL_CREDITS: z.coerce.number().int().min(0).max(1_000_000).default(100).describe('Credits a new user gets'),
  ACCOUNTS_ADMINS: Admins.describe(
    'Usernames that are admins, separated by commas. Kept from others: who registers one gives the code that is printed at the start',
  ),
  ACCOUNTS_ADMIN_CODE: z
    .string()
    .transform((code) => code || undefined)
    .pipe(z.string().min(16, { error: 'must have at least 16 characters' }).max(100).optional())
    .optional()
    .describe('The code with which these names are registered; one is made for each and printed when there is none'),
  ACCOUNTS_SECRETS_KEY: sealingKey.describe(
    'With what the database’s secrets (signing keys, second factors) are sealed: 32 random bytes in hexadecimal. Keep a copy beside the backups',
  ),
  ACCOUNTS_PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .default('http://localhost:3000')
    .describe('Where people open Atrium: what links in mails begin with'),
  ACCOUNTS_OIDC_PROVIDERS: Providers.describe(
    'Where else people can sign in (OpenID Connect), as a list in JSON: [{"id":"corp","name":"Corp","issuer":"https://…","clientId":"…","clientSecret":"…"}]; each is told the address ACCOUNTS_PUBLIC_URL/api/auth/oidc/<id>/callback',
  ),
  ACCOUNTS_SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe('The server that sends mail, as smtp://user:password@host:port or smtps://…; without one mail is printed in the log'),
  ACCOUNTS_MAIL_FROM: z.string().default('Atrium <atrium@localhost>').describe('Whom mail is from'),
});
export type AccountsConfig = z.output<typeof accountsConfig>;
