import { Migration } from '@mikro-orm/migrations';

/** An attachment is its uploader's alone until its message is sent. */
export class KeepDrafts extends Migration {
  override name = '20261126-keep-drafts';

  override up(): void {
    this.addSql('alter table files add column draft boolean not null default false');
    this.addSql('create index files_drafts on files (created_at) where draft and deleted_at is null');
  }
}
