import { CreateBot } from './migration-20261122-create-bot.ts';

export const migrations = [CreateBot];
