import { CreateAccounts } from './migration-20261122-create-accounts.ts';
import { IndexSpentTokens } from './migration-20261125-index-spent-tokens.ts';

export const migrations = [CreateAccounts, IndexSpentTokens];
