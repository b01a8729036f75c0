import { CreateFiles } from './migration-20261122-create-files.ts';

export const migrations = [CreateFiles];
