import { Migration } from '@mikro-orm/migrations';

/** Small pictures of files, as we drew them. */
export class KeepPreviews20261130 extends Migration {
  override name = '20261130-keep-previews';

  override up(): void {
    this.addSql(`create table file_previews (file_id uuid primary key references files (id) on delete cascade, webp bytea not null)`);
  }
}
