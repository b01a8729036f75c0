import { Migration } from '@mikro-orm/migrations';

/** Commands that are run without being posted, and what they leave: polls, reminders. Keywords that moderators edit; webhooks. */
export class RunCommands20261126 extends Migration {
  override name = '20261126-run-commands';

  override up(): void {
    this.addSql(`
      -- What the post is known by in messages; of former answers it follows from the message's id.
      alter table answers add column client_id text;

      create table command_runs (
        id uuid primary key,
        room_id uuid not null,
        user_id uuid not null,
        client_id text not null,
        text text not null,
        -- Null while the command runs.
        reply jsonb,
        started_at timestamptz not null default now(),
        unique (user_id, room_id, client_id)
      );
      create index command_runs_age on command_runs (started_at);

      create table polls (
        id uuid primary key,
        room_id uuid not null,
        -- Null until its message is posted.
        message_id uuid,
        author_id uuid not null,
        question text not null,
        options text[] not null,
        multiple boolean not null,
        anonymous boolean not null,
        created_at timestamptz not null default now(),
        closed_at timestamptz
      );
      create unique index polls_message on polls (message_id);
      create table poll_votes (
        poll_id uuid not null references polls (id) on delete cascade,
        user_id uuid not null,
        option int not null,
        voted_at timestamptz not null default now(),
        primary key (poll_id, user_id, option)
      );

      create table reminders (
        id uuid primary key,
        room_id uuid not null,
        user_id uuid not null,
        number int not null,
        for_room boolean not null,
        parent_id uuid,
        text text not null,
        due_at timestamptz not null,
        -- Null for one that comes once.
        repeat jsonb,
        first_at timestamptz not null,
        time_zone text not null,
        fired_at timestamptz,
        -- A one-time reminder that was told: kept until its owner puts it away.
        done boolean not null default false,
        unique (user_id, room_id, number)
      );
      create index reminders_due on reminders (due_at) where not done;

      alter table keyword_answers
        add column uid uuid not null default gen_random_uuid(),
        add column every_seconds int not null default 0,
        add column place text not null default 'room';
      create unique index keyword_answers_uid on keyword_answers (uid);
      create table keyword_firings (
        room_id uuid not null,
        keyword_uid uuid not null,
        fired_at timestamptz not null,
        primary key (room_id, keyword_uid)
      );

      create table webhooks (
        id uuid primary key,
        room_id uuid not null,
        kind text not null,
        name text not null,
        may_ping boolean not null,
        secret_hash bytea not null,
        created_by uuid not null,
        created_at timestamptz not null default now(),
        last_used_at timestamptz,
        removed_at timestamptz
      );
      create index webhooks_room on webhooks (room_id) where removed_at is null;

      create table audit (
        id bigint generated always as identity primary key,
        at timestamptz not null default now(),
        room_id uuid not null,
        actor_id uuid not null,
        action text not null,
        detail jsonb not null
      );
      create index audit_room on audit (room_id, at);
    `);
  }
}
