import { Migration } from '@mikro-orm/migrations';

export class KeepAdminNames extends Migration {
  override name = '20261126-keep-admin-names';

  override up(): void {
    this.addSql(`
      create table admin_claims (
        username text primary key,
        code text not null
      );

      create table known_devices (
        token_hash text not null check (length(token_hash) = 64),
        user_id uuid not null references users (id),
        expires_at timestamptz not null,
        primary key (token_hash, user_id)
      );
      create index known_devices_expiry on known_devices (expires_at);
    `);
  }
}
