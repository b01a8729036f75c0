import { Migration } from '@mikro-orm/migrations';

/**
 * Who a call of a whole room leaves out is decided with it. What people have set as their presence is a copy of what
 * accounts tells. Mentions are found by their message too, since whoever was called by being online is named nowhere else.
 */
export class DecideCalls20261126 extends Migration {
  override async up(): Promise<void> {
    this.addSql(`
      alter table room_calls add column left_out uuid[] not null default '{}';
      create table people (user_id uuid primary key, presence text not null);
    `);
  }
}

export class FindMentionsByMessage20261126 extends Migration {
  override isTransactional(): boolean {
    return false;
  }

  override async up(): Promise<void> {
    this.addSql(`set lock_timeout = '60s'`);
    this.addSql('drop index concurrently if exists mentions_of_message');
    this.addSql('create index concurrently mentions_of_message on mentions (message_id)');
    this.addSql('reset lock_timeout');
  }
}
