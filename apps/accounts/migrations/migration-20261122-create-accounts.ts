import { outboxTables } from '@atrium/database';
import { Migration } from '@mikro-orm/migrations';

export class CreateAccounts extends Migration {
  override name = '20261122-create-accounts';

  override up(): void {
    this.addSql(outboxTables);
    this.addSql(users);
    this.addSql(sessions);
    this.addSql(signIn);
    this.addSql(credits);
  }
}

const users = `
  create table users (
    id uuid primary key,
    username text not null,
    email text,
    display_name text not null,
    password_hash text not null,
    avatar_url text,
    status_text text not null default '',
    presence text not null default 'auto' check (presence in ('auto', 'away', 'dnd')),
    role text not null default 'user' check (role in ('user', 'admin')),
    created_at timestamptz not null default now()
  );
  create unique index users_username_unique on users (username);
  create unique index users_email_unique on users (lower(email));
`;

const sessions = `
  create table sessions (
    id uuid primary key,
    user_id uuid not null references users (id),
    created_at timestamptz not null default now(),
    last_used_at timestamptz not null default now(),
    expires_at timestamptz not null,
    address text not null,
    user_agent text not null,
    rotation_key text not null check (length(rotation_key) = 64),
    ended_at timestamptz,
    end_reason text check (end_reason in ('logged_out', 'ended', 'token_reused')),
    check ((ended_at is null) = (end_reason is null))
  );
  create index sessions_user on sessions (user_id, last_used_at desc) where ended_at is null;
  create index sessions_expiry on sessions (expires_at);

  create table refresh_tokens (
    hash text primary key check (length(hash) = 64),
    session_id uuid not null references sessions (id) on delete cascade,
    issued_at timestamptz not null default now(),
    expires_at timestamptz not null,
    rotated_at timestamptz,
    successor_hash text,
    check ((rotated_at is null) = (successor_hash is null))
  );
  create index refresh_tokens_session on refresh_tokens (session_id);
  -- A session has one usable token at a time; everything older is evidence.
  create unique index refresh_tokens_current on refresh_tokens (session_id) where rotated_at is null;
`;

const signIn = `
  create table sign_in_guards (
    subject text primary key,
    failures int not null check (failures > 0),
    window_ends_at timestamptz not null
  );
  create index sign_in_guards_window on sign_in_guards (window_ends_at);

  create table signing_keys (
    kid text primary key,
    private_jwk jsonb not null,
    public_jwk jsonb not null,
    created_at timestamptz not null default now()
  );
`;

const credits = `
  create table credit_accounts (
    user_id uuid primary key references users (id),
    balance int not null check (balance >= 0)
  );

  create table credit_entries (
    id uuid primary key,
    user_id uuid not null references credit_accounts (user_id),
    at timestamptz not null default now(),
    amount int not null check (amount <> 0),
    reason text not null,
    ref text,
    reservation_key text,
    -- A reservation is spent at most once, whatever the code does.
    unique (user_id, reservation_key)
  );
  create index credit_entries_user on credit_entries (user_id, id desc);

  create table credit_reservations (
    user_id uuid not null references credit_accounts (user_id),
    key text not null,
    amount int not null check (amount > 0),
    reason text not null,
    ref text not null,
    state text not null default 'held' check (state in ('held', 'committed', 'released', 'expired')),
    committed_amount int check (committed_amount between 1 and amount),
    expires_at timestamptz not null,
    created_at timestamptz not null default now(),
    primary key (user_id, key),
    check ((state = 'committed') = (committed_amount is not null))
  );
  create index credit_reservations_held on credit_reservations (user_id, expires_at) where state = 'held';
  create index credit_reservations_expiry on credit_reservations (expires_at) where state = 'held';
`;
