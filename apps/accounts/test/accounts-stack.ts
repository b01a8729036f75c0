import { accounts, type Grant, type Origin } from '@atrium/contracts';
import { TestBus, aDatabase, aNats, aService, type TestDatabase } from '@atrium/testing';
import { AppModule } from '../src/app.module.ts';
import { accountsConfig } from '../src/config.ts';

/** With what the tests' services seal. */
export const SECRETS_KEY = '5e'.repeat(32);

export type AccountsStack = { bus: TestBus; database: TestDatabase; startAnother(): Promise<void> };

/** The accounts service with a database and a bus of its own. */
export async function anAccountsService(environment: Record<string, string> = {}): Promise<AccountsStack> {
  const database = await aDatabase('accounts');
  const nats = await aNats();
  const start = async () => {
    const given = { ACCOUNTS_SECRETS_KEY: SECRETS_KEY, ...environment };
    await aService(AppModule, accountsConfig.parse({ ...given, ...nats.as('accounts'), ACCOUNTS_DATABASE_URL: database.url }));
  };
  await start();
  return { bus: await TestBus.connect(nats), database, startAnother: start };
}

export const anOrigin = (origin: Partial<Origin> = {}): Origin => ({ address: '192.0.2.1', userAgent: 'Firefox', ...origin });

let made = 0;

/** A name nobody has yet. */
export const aUsername = (): string => `user${++made}`;

export const PASSWORD = 'correct horse battery';

/** Registers somebody. */
export function aGrant(
  bus: TestBus,
  draft: { username?: string; email?: string; displayName?: string; adminCode?: string; origin?: Origin } = {},
): Promise<Grant> {
  return bus.call(accounts.register, { username: aUsername(), password: PASSWORD, origin: anOrigin(), ...draft });
}

/** The head of a picture in WebP, which is all that accounts looks at: it was re-encoded before. */
export const aWebp = (note: string): string => Buffer.from(`RIFF\u0000\u0000\u0000\u0000WEBP${note.repeat(40)}`).toString('base64');
