export { DatabaseModule } from './database.module.ts';
export type { DatabaseOptions, MigrationClass } from './database-options.ts';
export { Inbox } from './inbox.ts';
export { FactFollower } from './fact-follower.ts';
export { NumberedFacts, numberedFactTables, type Fact, type FactSource } from './numbered-facts.ts';
export { Outbox, outboxTables, uuidv7 } from './outbox.ts';
export { afterCommit, transact } from './transact.ts';
export { asUnavailable } from './unavailable.ts';
export { uuidArray } from './uuid-array.ts';
