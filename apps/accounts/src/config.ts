import { baseConfig } from '@atrium/service-kit';
import { Username } from '@atrium/contracts';
import { z } from 'zod';

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
  ACCOUNTS_ADMINS: Admins.describe('Usernames that are admins, separated by commas'),
});
export type AccountsConfig = z.output<typeof accountsConfig>;
