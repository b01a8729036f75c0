import { factTable } from '@atrium/database';
import { Migration } from '@mikro-orm/migrations';

/** What is told of each person is numbered. */
export class NumberProfileFacts extends Migration {
  override name = '20261126-number-profile-facts';

  override up(): void {
    this.addSql('alter table users add column facts_told integer not null default 0');
    this.addSql(factTable('user_id'));
  }
}
