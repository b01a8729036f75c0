import { Migration } from '@mikro-orm/migrations';

/** Under which key a file was uploaded, and at which place among the files of that upload: each is there once. */
export class RememberUploadKeys extends Migration {
  override name = '20261125-remember-upload-keys';

  override up(): void {
    this.addSql('alter table files add column upload_key text, add column upload_place int not null default 0');
    this.addSql(
      'create unique index files_upload_key on files (uploader_id, room_id, upload_key, upload_place) where upload_key is not null',
    );
  }
}
