import { Migration } from '@mikro-orm/migrations';

/**
 * A row of the outbox holds a whole commit, lives for milliseconds and is read only after a crash: compressing it costs
 * more than storing it. Rows on the subjects of rooms have no durable reader any more.
 */
export class KeepCommitsWhole20261125 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
      alter table outbox alter column payload set storage external;
      delete from outbox where subject like 'timeline.%';
    `);
  }
}
