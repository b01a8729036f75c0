import { randomBytes, randomUUID } from 'node:crypto';
import { anS3, onCleanup, required } from '@atrium/testing';
import pg from 'pg';
import { makeTables } from '../../backup/migrations.ts';
import { databaseServices, ensureDatabase, provision, serviceUrl, type DatabaseService } from '../../local/provision.ts';
import { s3Client } from '../objects.ts';
import type { System } from '../system.ts';

export const ann = randomUUID();
export const ben = randomUUID();
export const room = randomUUID();
export const file = randomUUID();
export const objectKey = `rooms/${room}/${file}`;

const SECRET = 'atrium';
const JOINED = `'2026-01-02T03:04:05.678Z'`;
const BYTES = 'The boiler is inspected every fourteen months.';

/** What a sound system with one room, two people and one file has stored. */
const CONTENT = `
  insert into accounts.users (id, username, display_name, password_hash) values ('${ann}', 'ann', 'Ann', 'x'), ('${ben}', 'ben', 'Ben', 'x');
  insert into accounts.credit_accounts values ('${ann}', 99), ('${ben}', 100);
  insert into accounts.credit_reservations (user_id, key, amount, reason, ref, state, committed_amount, expires_at)
    values ('${ann}', 'q1', 1, 'file question', 'x', 'committed', 1, now());
  insert into accounts.credit_entries (id, user_id, amount, reason, reservation_key) values
    ('${randomUUID()}', '${ann}', 100, 'welcome', null), ('${randomUUID()}', '${ann}', -1, 'file question', 'q1'),
    ('${randomUUID()}', '${ben}', 100, 'welcome', null);

  -- The triggers of a schema name its tables as its service does.
  set search_path = rooms, public;
  insert into rooms.rooms (id, version, name, topic, description, visibility, locked, bot_enabled, slow_mode_seconds, who_can_post,
      history_visibility, removed_can_rejoin, edit_window_seconds, max_members, host_id, member_count, last_activity_at, created_by, created_at)
    values ('${room}', 2, 'Harbour', '', '', 'public', false, true, 0, 'everyone', 'all', true, 900, 100, '${ann}', 2, now(), '${ann}', now());
  insert into rooms.profiles (user_id, username, display_name, presence) values ('${ann}', 'ann', 'Ann', 'auto'), ('${ben}', 'ben', 'Ben', 'auto');
  insert into rooms.members (room_id, user_id, role, joined_at) values ('${room}', '${ann}', 'host', ${JOINED}), ('${room}', '${ben}', 'member', ${JOINED});
  insert into rooms.facts (room_id, version, id, name, payload, at) values
    ('${room}', 1, '${randomUUID()}', 'memberJoined', json_build_object('at', ${JOINED}), ${JOINED}), ('${room}', 2, '${randomUUID()}', 'memberJoined', '{"at": "2026-01-02T03:04:06Z"}', '2026-01-02T03:04:06Z');
  insert into rooms.audit (id, room_id, at, action, details) values
    ('${randomUUID()}', '${room}', ${JOINED}, 'member.joined', '{}'), ('${randomUUID()}', '${room}', '2026-01-02T03:04:06Z', 'member.joined', '{}');
  select rooms.chain_audit();

  insert into messages.rooms (id, last_seq, version, visibility, who_can_post, slow_mode_seconds, history_visibility)
    values ('${room}', 5, 2, 'public', 'everyone', 0, 'all');
  insert into messages.access (room_id, user_id, username, role, joined_at, joined_seq, version) values
    ('${room}', '${ann}', 'ann', 'host', ${JOINED}, 1, 1), ('${room}', '${ben}', 'ben', 'member', ${JOINED}, 2, 2);
  insert into messages.fact_heads values ('${room}', 2);
  insert into messages.entries (room_id, seq, type, at, actor_id, data) values
    ('${room}', 1, 'member.joined', now(), '${ann}', '{}'), ('${room}', 2, 'member.joined', now(), '${ben}', '{}'),
    ('${room}', 4, 'file.added', now(), '${ann}', '{"file": {"id": "${file}", "status": "stored"}}'),
    ('${room}', 5, 'file.status', now(), null, '{"fileId": "${file}", "status": "ready"}');
  insert into messages.messages (id, room_id, seq, client_id, author_id, kind, body, created_at)
    values ('${randomUUID()}', '${room}', 3, 'c1', '${ann}', 'text', 'Ahoy', now());
  insert into messages.read_markers (room_id, user_id, seq) values ('${room}', '${ann}', 5);
  insert into messages.files (id, room_id, name, content_type, size, status, added_seq)
    values ('${file}', '${room}', 'boiler.txt', 'text/plain', ${BYTES.length}, 'ready', 4);

  insert into files.rooms (id, version, who_can_post, history_visibility) values ('${room}', 2, 'everyone', 'all');
  insert into files.access (room_id, user_id, version, role, joined_at) values
    ('${room}', '${ann}', 1, 'host', ${JOINED}), ('${room}', '${ben}', 2, 'member', ${JOINED});
  insert into files.fact_heads values ('${room}', 2);
  insert into files.files (id, room_id, uploader_id, name, content_type, size, sha256, version, status, pages, chars, chunks, facts_told, created_at, touched_at)
    values ('${file}', '${room}', '${ann}', 'boiler.txt', 'text/plain', ${BYTES.length}, repeat('0', 64), 1, 'ready', 1, ${BYTES.length}, 1, 1, now(), now());
  insert into files.facts values ('${file}', 1, '${randomUUID()}', 'added', '{}', now());
  insert into messages.fact_heads values ('${file}', 1);
  insert into files.file_pages values ('${file}', 1, '${BYTES}');
  insert into files.file_chunks (file_id, page, start_at, end_at, terms) values ('${file}', 1, 0, ${BYTES.length}, '{boiler}');
`;

async function onServer<T>(work: (server: pg.Client) => Promise<T>): Promise<T> {
  const server = new pg.Client({ connectionString: required('TEST_DATABASE_URL') });
  await server.connect();
  try {
    return await work(server);
  } finally {
    await server.end();
  }
}

const aName = () => `test_system_${randomBytes(5).toString('hex')}`;

function urlOf(name: string): string {
  const url = new URL(required('TEST_DATABASE_URL'));
  url.pathname = `/${name}`;
  return url.href;
}

/** A sound system of which each test changes a copy. */
export class SoundTemplate {
  readonly #name = aName();

  async make(): Promise<void> {
    const url = urlOf(this.#name);
    await ensureDatabase(url);
    await provision(url, Object.fromEntries(databaseServices.map((service) => [service, SECRET])) as Record<DatabaseService, string>);
    for (const service of databaseServices) await makeTables(service, url, { role: `atrium_${service}` });
    const database = new pg.Client({ connectionString: url });
    await database.connect();
    await database.query(CONTENT);
    await database.end();
  }

  async copy(): Promise<SoundSystem> {
    return { ...(await this.copyDatabase()), ...(await aStore()) };
  }

  /** For what looks at no object. */
  async copyDatabase(): Promise<SoundDatabase> {
    const name = aName();
    await onServer((server) => server.query(`create database ${name} template ${this.#name}`));
    const databaseUrl = urlOf(name);
    const database = new pg.Client({ connectionString: databaseUrl });
    await database.connect();
    onCleanup(async () => {
      await database.end();
      await onServer((server) => server.query(`drop database ${name} with (force)`));
    });
    return {
      databaseUrl,
      change: async (sql) => void (await database.query(sql)),
      connectAsService: (service) => asService(databaseUrl, service),
    };
  }

  async drop(): Promise<void> {
    await onServer((server) => server.query(`drop database if exists ${this.#name} with (force)`));
  }
}

async function asService(databaseUrl: string, service: DatabaseService): Promise<pg.Client> {
  // As provisioning sets it for the role, which a copy of the database does not take over.
  const options = `-c search_path=${service},public`;
  const connection = new pg.Client({ connectionString: serviceUrl(databaseUrl, service, SECRET), options });
  await connection.connect();
  return connection;
}

async function aStore(): Promise<Pick<SoundSystem, 's3' | 'putObject' | 'removeObject'>> {
  const store = await anS3();
  const s3 = {
    endpoint: store.S3_ENDPOINT,
    region: store.S3_REGION,
    accessKey: store.S3_ACCESS_KEY,
    secretKey: store.S3_SECRET_KEY,
    bucket: store.S3_BUCKET,
  };
  const client = s3Client(s3);
  await client.putObject(s3.bucket, objectKey, BYTES, BYTES.length);
  return {
    s3,
    putObject: async (key, text) => void (await client.putObject(s3.bucket, key, text, text.length)),
    removeObject: (key) => client.removeObject(s3.bucket, key),
  };
}

/** The database of an Atrium, every copy agreeing; `change` breaks it as the test wants. */
export interface SoundDatabase extends Pick<System, 'databaseUrl'> {
  change(sql: string): Promise<void>;
  /** A connection like that of a running service. */
  connectAsService(service: DatabaseService): Promise<pg.Client>;
}

/** An Atrium as it is stored. */
export interface SoundSystem extends SoundDatabase, System {
  putObject(key: string, text: string): Promise<void>;
  removeObject(key: string): Promise<void>;
}
