import { Migration } from '@mikro-orm/migrations';

/** Attachments that only their uploader knows of until their message is sent, and those that files has not yet shown to the room. */
export class KeepDrafts20261126 extends Migration {
  override up(): void {
    this.addSql('alter table files add column draft_of uuid, add column sent_with uuid');
    this.addSql('create index files_sent_with on files (sent_with) where sent_with is not null');
  }
}
