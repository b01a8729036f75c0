import { Migration } from '@mikro-orm/migrations';

export class SignInElsewhere extends Migration {
  override name = '20261127-sign-in-elsewhere';

  override up(): void {
    this.addSql(`
      -- Who signs in by a provider has no password until they choose one.
      alter table users alter column password_hash drop not null;

      create table identities (
        provider text not null,
        subject text not null,
        user_id uuid not null references users (id),
        created_at timestamptz not null default now(),
        primary key (provider, subject)
      );
      create index identities_user on identities (user_id);

      create table oidc_attempts (
        state_hash text primary key check (length(state_hash) = 64),
        provider text not null,
        browser_hash text not null,
        sealed text not null,
        expires_at timestamptz not null
      );
      create index oidc_attempts_expiry on oidc_attempts (expires_at);
    `);
  }
}
