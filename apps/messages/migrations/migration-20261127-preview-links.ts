import { Migration } from '@mikro-orm/migrations';

/** What is shown of the pages that messages link to; `link_jobs` has, for each message with links, up to which version they were looked at. */
export class PreviewLinks20261127 extends Migration {
  override up(): void {
    this.addSql(`
      alter table messages add column previews jsonb;
      create table link_jobs (
        message_id uuid primary key,
        room_id uuid not null,
        version integer not null,
        tries integer not null default 0,
        due_at timestamptz
      );
      create index link_jobs_due on link_jobs (due_at) where due_at is not null;
      create table preview_images (
        id uuid primary key,
        message_id uuid not null,
        webp bytea not null
      );
      create index preview_images_of_message on preview_images (message_id);
    `);
  }
}
