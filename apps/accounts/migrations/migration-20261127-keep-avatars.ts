import { Migration } from '@mikro-orm/migrations';

export class KeepAvatars extends Migration {
  override name = '20261127-keep-avatars';

  override up(): void {
    this.addSql(`
      create table avatars (
        -- Random, not of a time: who knows it may see the picture.
        id uuid primary key default gen_random_uuid(),
        user_id uuid not null unique references users (id),
        webp bytea not null,
        created_at timestamptz not null default now()
      );
    `);
  }
}
