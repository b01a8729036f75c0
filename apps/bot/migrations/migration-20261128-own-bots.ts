import { Migration } from '@mikro-orm/migrations';

/** Commands that bots of people's own register, and what became of each use of them. */
export class OwnBots20261128 extends Migration {
  override name = '20261128-own-bots';

  override up(): void {
    this.addSql(`
      create table registrations (
        bot_id uuid primary key,
        commands jsonb not null default '[]',
        -- Where its commands are posted; without one they go over its socket.
        url text,
        signing_secret text,
        -- Its account or its owner's is shut.
        disabled boolean not null default false
      );

      create table interactions (
        id uuid primary key,
        bot_id uuid not null,
        room_id uuid not null,
        user_id uuid not null,
        -- The run or the message that it answers: each once.
        source_id uuid not null unique,
        posted boolean not null,
        parent_id uuid,
        -- What the bot is told.
        told jsonb not null,
        by_request boolean not null,
        state text not null default 'waiting',
        -- When it reached the bot.
        taken_at timestamptz,
        working_told boolean not null default false,
        tries int not null default 0,
        next_at timestamptz not null default now(),
        -- Until when one instance alone may send it.
        held_until timestamptz,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null
      );
      create index interactions_waiting on interactions (next_at) where state = 'waiting';
      create index interactions_age on interactions (created_at);
    `);
  }
}
