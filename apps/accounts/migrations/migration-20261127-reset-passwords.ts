import { Migration } from '@mikro-orm/migrations';

export class ResetPasswords extends Migration {
  override name = '20261127-reset-passwords';

  override up(): void {
    this.addSql(`
      create table password_resets (
        token_hash text primary key check (length(token_hash) = 64),
        user_id uuid not null references users (id),
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        used_at timestamptz
      );
      create index password_resets_user on password_resets (user_id);
      create index password_resets_expiry on password_resets (expires_at);
    `);
  }
}
