import { outboxTables } from '@atrium/database';
import { Migration } from '@mikro-orm/migrations';

export class CreateBot extends Migration {
  override name = '20261122-create-bot';

  override up(): void {
    this.addSql(outboxTables);
    this.addSql(`
      create table room_states (
        room_id uuid primary key,
        -- Null until it is known: from the room's log, or asked of rooms.
        bot_enabled boolean,
        toggled_seq int not null default 0,
        last_join_seq int not null default 0
      );

      create table answers (
        message_id uuid primary key,
        room_id uuid not null,
        parent_id uuid,
        body text not null,
        created_at timestamptz not null default now(),
        posted_at timestamptz
      );
      create index answers_room on answers (room_id, created_at);
      create index answers_age on answers (created_at);

      create table keyword_answers (
        id int generated always as identity primary key,
        -- Null speaks in every room; a room's own answer goes before it.
        room_id uuid,
        keyword text not null check (keyword = lower(trim(keyword)) and keyword <> ''),
        answer text not null,
        unique nulls not distinct (room_id, keyword)
      );
    `);
    this.addSql(seed);
  }
}

const seed = `
  insert into keyword_answers (keyword, answer) values
    ('hello', 'Hello! Type \`/help\` to see what I can do.'),
    ('hi bot', 'Hi! Type \`/help\` to see what I can do.'),
    ('good morning', 'Good morning! \`/summary\` tells what happened since you last read.'),
    ('thanks bot', 'You are welcome.'),
    ('thank you bot', 'You are welcome.'),
    ('how do i upload', 'Drop a file into the room or use the paper clip. Once it is ready you can ask it questions.'),
    ('how do i leave', 'Open the menu of the room and choose "Leave". A host hands the room over on the way out.'),
    ('who is the host', 'Type \`/status\`: it names the host of this room.'),
    ('what did i miss', 'Type \`/summary\`: it tells what happened since you last read.');
`;
