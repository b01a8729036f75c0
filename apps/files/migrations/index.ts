import { CreateFiles } from './migration-20261122-create-files.ts';
import { NumberFacts } from './migration-20261125-number-facts.ts';

export const migrations = [CreateFiles, NumberFacts];
