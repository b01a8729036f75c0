import { Migration } from '@mikro-orm/migrations';

export class AccessTokens extends Migration {
  override name = '20261127-access-tokens';

  override up(): void {
    this.addSql(`
      create table access_tokens (
        id uuid primary key,
        user_id uuid not null references users (id),
        token_hash text not null unique check (length(token_hash) = 64),
        name text not null,
        scopes text[] not null check (cardinality(scopes) > 0),
        created_at timestamptz(3) not null default now(),
        expires_at timestamptz(3),
        last_used_at timestamptz(3)
      );
      create index access_tokens_user on access_tokens (user_id, id desc);
    `);
  }
}
