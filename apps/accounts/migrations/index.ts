import { CreateAccounts } from './migration-20261122-create-accounts.ts';
import { IndexSpentTokens } from './migration-20261125-index-spent-tokens.ts';
import { NumberProfileFacts } from './migration-20261126-number-profile-facts.ts';

export const migrations = [CreateAccounts, IndexSpentTokens, NumberProfileFacts];
