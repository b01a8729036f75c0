import { Migration } from '@mikro-orm/migrations';

/** What consumers of events gave up. The stream may be emptied; whoever sends a letter again does it from here. */
export class DeadLetters extends Migration {
  override name = '20261129-dead-letters';

  override up(): void {
    this.addSql(`
      create table dead_letters (
        id uuid primary key,
        at timestamptz(3) not null,
        consumer text not null,
        process text not null,
        event_id text not null,
        subject text not null,
        payload text not null,
        error text not null,
        tries integer not null,
        settled_at timestamptz(3),
        unique (consumer, event_id)
      );
      create index dead_letters_open on dead_letters (id) where settled_at is null;
      create index dead_letters_age on dead_letters (at);
    `);
  }
}
