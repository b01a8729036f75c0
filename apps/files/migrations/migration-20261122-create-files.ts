import { outboxTables } from '@atrium/database';
import { Migration } from '@mikro-orm/migrations';

export class CreateFiles extends Migration {
  override name = '20261122-create-files';

  override up(): void {
    this.addSql(outboxTables);
    this.addSql(access);
    this.addSql(files);
    this.addSql(text);
    this.addSql(chats);
  }
}

/** What the rooms service told us: who may see what. `version` is the room's, and never goes back. */
const access = `
  create table access_rooms (
    room_id uuid primary key,
    version int not null,
    visibility text not null check (visibility in ('public', 'private')),
    who_can_post text not null check (who_can_post in ('everyone', 'moderators')),
    history_visibility text not null check (history_visibility in ('all', 'since_join')),
    archived_at timestamptz(3)
  );

  create table access_members (
    room_id uuid not null,
    user_id uuid not null,
    version int not null,
    present boolean not null,
    role text not null check (role in ('host', 'moderator', 'member')),
    joined_at timestamptz(3) not null,
    muted_until timestamptz(3),
    primary key (room_id, user_id)
  );
`;

const files = `
  -- Addresses that were handed out to put bytes at; a row becomes a file or is swept with its object.
  create table uploads (
    file_id uuid primary key,
    room_id uuid not null,
    uploader_id uuid not null,
    created_at timestamptz(3) not null,
    swept boolean not null default false
  );
  create index uploads_age on uploads (created_at);

  create table files (
    id uuid primary key,
    room_id uuid not null,
    uploader_id uuid not null,
    name text not null,
    content_type text not null,
    size bigint not null check (size >= 0),
    sha256 text not null check (length(sha256) = 64),
    version int not null check (version > 0),
    -- Raised by every claim of a worker: what an older claim finds is not written.
    attempt int not null default 0,
    status text not null check (status in
      ('stored', 'queued', 'extracting', 'ready', 'partial', 'no_text', 'unsupported', 'encrypted', 'failed')),
    status_reason text,
    progress int,
    pages int,
    chars int,
    chunks int,
    created_at timestamptz(3) not null,
    touched_at timestamptz(3) not null,
    deleted_at timestamptz(3),
    object_removed boolean not null default false,
    check (status <> 'ready' or (chars > 0 and chunks > 0))
  );
  create index files_room on files (room_id, id desc) where deleted_at is null;
  create index files_unfinished on files (touched_at) where deleted_at is null and status in ('stored', 'queued', 'extracting');
  create index files_with_object_to_remove on files (deleted_at) where deleted_at is not null and not object_removed;
`;

const text = `
  create table file_pages (
    file_id uuid not null references files (id),
    page int not null check (page > 0),
    text text not null,
    primary key (file_id, page)
  );

  -- A passage is a slice of its page, in code points, which is what substr counts.
  create table file_chunks (
    id bigint generated always as identity primary key,
    file_id uuid not null,
    page int not null,
    start_at int not null check (start_at >= 0),
    end_at int not null check (end_at > start_at),
    terms text[] not null,
    foreign key (file_id, page) references file_pages (file_id, page) on delete cascade
  );
  create index file_chunks_file on file_chunks (file_id);
  create index file_chunks_terms on file_chunks using gin (terms);
`;

const chats = `
  -- A question and, once answered_at is set, its answer. Without a file it was put to the whole room.
  create table file_chats (
    id uuid primary key,
    room_id uuid not null,
    file_id uuid references files (id),
    user_id uuid not null,
    idempotency_key text,
    question text not null,
    reservation_key text not null,
    status text check (status in ('answered', 'no_evidence')),
    query_used text,
    answer text,
    citations jsonb not null default '[]',
    cost int,
    credits_left int,
    created_at timestamptz(3) not null,
    claimed_at timestamptz(3) not null,
    answered_at timestamptz(3),
    unique (user_id, idempotency_key),
    check ((answered_at is null) = (answer is null))
  );
  create index file_chats_history on file_chats (user_id, room_id, file_id, id desc) where answered_at is not null;
  create index file_chats_file on file_chats (file_id);
`;
