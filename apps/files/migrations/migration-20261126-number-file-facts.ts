import { factTable } from '@atrium/database';
import { Migration } from '@mikro-orm/migrations';

/** What is told of each file is numbered. */
export class NumberFileFacts extends Migration {
  override name = '20261126-number-file-facts';

  override up(): void {
    this.addSql('alter table files add column facts_told integer not null default 0');
    this.addSql(factTable('file_id'));
  }
}
