export { DatabaseModule, type DatabaseOptions, type MigrationClass } from './database.module.ts';
export { Inbox } from './inbox.ts';
export { FactFollower } from './fact-follower.ts';
export { NumberedFacts, numberedFactTables, type Fact, type FactSource } from './numbered-facts.ts';
export { Outbox, outboxTables, uuidv7 } from './outbox.ts';
export { afterCommit, transact } from './transact.ts';
export { asUnavailable } from './unavailable.ts';
export { uuidArray } from './uuid-array.ts';
