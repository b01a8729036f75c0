import { Migration } from '@mikro-orm/migrations';

/** Reports of a gateway may overtake each other, or be repeated: the last one that it made counts. */
export class NumberPageReports20261126 extends Migration {
  override async up(): Promise<void> {
    this.addSql('alter table open_pages add column report bigint not null default 0');
  }
}
