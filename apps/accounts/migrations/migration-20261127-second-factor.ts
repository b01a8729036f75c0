import { Migration } from '@mikro-orm/migrations';

export class SecondFactor extends Migration {
  override name = '20261127-second-factor';

  override up(): void {
    this.addSql(`
      create table two_factors (
        user_id uuid primary key references users (id),
        sealed_secret text not null,
        enabled_at timestamptz(3),
        -- The last period whose code was used: each works once.
        last_step bigint not null default 0
      );

      create table recovery_codes (
        user_id uuid not null references users (id),
        digest text not null check (length(digest) = 64),
        used_at timestamptz,
        primary key (user_id, digest)
      );

      create table sign_in_challenges (
        token_hash text primary key check (length(token_hash) = 64),
        user_id uuid not null references users (id),
        tries int not null default 0,
        expires_at timestamptz not null
      );
      create index sign_in_challenges_expiry on sign_in_challenges (expires_at);
    `);
  }
}
