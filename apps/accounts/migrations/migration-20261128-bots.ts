import { Migration } from '@mikro-orm/migrations';

/** Accounts of programs, and whose they are. */
export class Bots extends Migration {
  override name = '20261128-bots';

  override up(): void {
    this.addSql(`
      alter table users add column is_bot boolean not null default false;
      create table bots (
        id uuid primary key references users (id),
        owner_id uuid not null references users (id),
        description text not null default '',
        removed_at timestamptz(3)
      );
      create index bots_owner on bots (owner_id, id) where removed_at is null;
    `);
  }
}
