import { CreateAccounts } from './migration-20261122-create-accounts.ts';

export const migrations = [CreateAccounts];
