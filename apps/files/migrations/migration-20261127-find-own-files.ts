import { Migration } from '@mikro-orm/migrations';

/** Lets people ask for everything they uploaded and asked. */
export class FindOwnFiles extends Migration {
  override name = '20261127-find-own-files';

  override up(): void {
    this.addSql('create index files_uploader on files (uploader_id, id) where deleted_at is null');
    this.addSql('create index file_chats_asker on file_chats (user_id, id) where answered_at is not null');
  }
}
