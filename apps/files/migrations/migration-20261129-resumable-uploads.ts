import { Migration } from '@mikro-orm/migrations';

/**
 * How far an upload has come that arrives in several requests. Goes with its row in `uploads`, when it became a file or
 * was swept.
 */
export class ResumableUploads20261129 extends Migration {
  override name = '20261129-resumable-uploads';

  override up(): void {
    this.addSql(`
      create table resumable_uploads (
        file_id uuid primary key references uploads (file_id) on delete cascade,
        room_id uuid not null,
        uploader_id uuid not null,
        name text not null,
        size bigint not null check (size >= 0),
        draft boolean not null,
        received bigint not null default 0 check (received between 0 and size),
        multipart_id text not null,
        -- What the store holds as parts of the object, in order.
        parts jsonb not null default '[]',
        -- The last bytes, while they are too few for a part: an object of its own.
        rest jsonb,
        -- The numbers of all objects that were to hold such a rest, for whoever clears up.
        rests jsonb not null default '[]',
        pieces int not null default 0,
        touched_at timestamptz(3) not null
      )`);
    this.addSql('create index resumable_uploads_of on resumable_uploads (uploader_id)');
    this.addSql('create index resumable_uploads_in on resumable_uploads (room_id)');
  }
}
