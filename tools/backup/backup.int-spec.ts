import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Bus, Streams } from '@atrium/bus';
import { aNats, aRedis, cleanUp, onCleanup, temporaryDirectory, type TestNats } from '@atrium/testing';
import { Redis } from 'ioredis';
import pg from 'pg';
import { listObjects, s3Client } from '../check/objects.ts';
import { countFindings } from '../check/report.ts';
import { runChecks } from '../check/run-checks.ts';
import { ann, file, objectKey, room, SoundTemplate, type SoundSystem } from '../check/test/sound-system.ts';
import type { ServerAddresses } from '../local/services.ts';
import { makeBackup } from './backup.ts';
import { manifestPath, objectPath, readManifest, tablePath, type Manifest } from './layout.ts';
import { restoreBackup } from './restore.ts';

const template = new SoundTemplate();
let system: SoundSystem;
let folder: string;
let database: pg.Client;
let servers: ServerAddresses;
let nats: TestNats;

beforeAll(() => template.make(), 60_000);
beforeEach(async () => {
  system = await template.copy();
  folder = join(await temporaryDirectory('backup'), 'made');
  database = new pg.Client({ connectionString: system.databaseUrl });
  database.on('error', () => undefined);
  await database.connect();
  onCleanup(() => database.end());
  const [ownNats, redis] = await Promise.all([aNats(), aRedis()]);
  nats = ownNats;
  servers = { databaseUrl: system.databaseUrl, s3: system.s3, natsUrl: nats.as('test').NATS_URL, redisUrl: redis.url };
});
afterEach(cleanUp);
afterAll(() => template.drop());

const silently = () => undefined;
const backUp = () => makeBackup(system, folder, silently);
const restore = (options: Partial<{ endSessions: boolean; replace: boolean }> = {}) =>
  restoreBackup(servers, { folder, endSessions: false, replace: true, ...options }, silently);
const one = async <T>(sql: string) => (await database.query(sql)).rows[0] as T;
const keysInStore = async () => {
  const keys: string[] = [];
  for await (const { key } of listObjects(system.s3)) keys.push(key);
  return keys;
};
const rewrite = async (change: (manifest: Manifest) => void) => {
  const manifest = await readManifest(folder);
  change(manifest);
  await writeFile(manifestPath(folder), JSON.stringify(manifest));
};

describe('a backup that is restored', () => {
  it('brings back every row and every object as they were, and removes what came later', async () => {
    const rows = `select (select count(*)::int from messages.messages) as messages, (select body from messages.messages) as body,
      (select balance from accounts.credit_accounts where user_id = '${ann}') as balance, (select text from files.file_pages) as text`;
    const before = await one(rows);
    await backUp();
    const later = `rooms/${room}/${randomUUID()}`;
    await system.putObject(later, 'later');
    await system.removeObject(objectKey);
    await system.change(`update messages.messages set body = 'changed'; delete from files.file_pages; update accounts.credit_accounts set balance = 1;
      insert into accounts.users (id, username, display_name, password_hash) values ('${randomUUID()}', 'late', 'Late', 'x')`);
    await restore();
    expect(await one(rows)).toEqual(before);
    expect(await one(`select count(*)::int as users from accounts.users`)).toEqual({ users: 2 });
    expect(await keysInStore()).toEqual([objectKey]);
    expect(countFindings(await runChecks(system))).toBe(0);
  });

  it('gives every room another epoch, and numbers that the database gives out go on behind those it gave', async () => {
    const { epoch } = await one<{ epoch: string }>('select epoch from messages.rooms');
    await backUp();
    await restore();
    expect((await one<{ epoch: string }>('select epoch from messages.rooms')).epoch).not.toBe(epoch);
    await system.change(`insert into files.file_chunks (file_id, page, start_at, end_at, terms) values ('${file}', 1, 1, 2, '{}')`);
    expect(await one('select count(distinct id)::int as ids from files.file_chunks')).toEqual({ ids: 2 });
  });

  it('ends sessions if that is asked, and only then', async () => {
    await system.change(`insert into accounts.sessions (id, user_id, expires_at, address, user_agent, rotation_key)
      values ('${randomUUID()}', '${ann}', now() + interval '1 day', '', '', repeat('0', 64))`);
    await backUp();
    await restore();
    expect(await one('select ended_at from accounts.sessions')).toEqual({ ended_at: null });
    await restore({ endSessions: true });
    expect(await one('select end_reason from accounts.sessions')).toEqual({ end_reason: 'ended' });
  });

  it('leaves each schema to its own role, as a service finds it', async () => {
    await backUp();
    await restore();
    const service = await system.connectAsService('rooms');
    const { rows } = await service.query(`update rooms.rooms set topic = 'Boats' returning host_id`);
    expect(rows).toEqual([{ host_id: ann }]);
    await expect(service.query('select from accounts.users')).rejects.toThrow('permission denied');
    await service.end();
  });

  it('takes over what its services had not told each other yet, however long ago that was', async () => {
    await system.change(
      `update rooms.facts set at = now() - interval '13 days'; update messages.fact_heads set version = 1 where key = '${room}'`,
    );
    await backUp();
    await restore();
    const { rows } = await database.query(`select version, at > now() - interval '1 hour' as anew from rooms.facts order by version`);
    expect(rows).toEqual([
      { version: 1, anew: false },
      { version: 2, anew: true },
    ]);
  });

  it('forgets what would bring back the time after it: streams, jobs, presence; and leaves what is not ours', async () => {
    await backUp();
    const bus = await Bus.connect('test', nats.as('test'));
    const made = await Streams.on(bus);
    await made.ensure();
    const redis = new Redis(servers.redisUrl);
    await redis.mset({ 'bull:files.extract:1': 'job', '{presence}:user:x': 'here', somebody: 'else' });
    await restore();
    const streams: string[] = [];
    for await (const name of made.manager.streams.names()) streams.push(name);
    expect(streams).toEqual([]);
    expect(await redis.keys('*')).toEqual(['somebody']);
    redis.disconnect();
    await bus.close();
  });
});

describe('a backup', () => {
  it('keeps the object of a file that is deleted while it is made', async () => {
    const client = s3Client(system.s3);
    const removing = makeBackup(system, folder, (line) => {
      if (line === 'copying accounts')
        void database
          .query(`select pg_try_advisory_lock_shared(hashtext('atrium-objects')) as free`)
          .then(({ rows }) => locks.push(rows[0]));
    });
    const locks: unknown[] = [];
    await removing;
    expect(locks).toEqual([{ free: false }]);
    expect(await readFile(objectPath(folder, objectKey), 'utf8')).toContain('boiler');
    await client.statObject(system.s3.bucket, objectKey);
  });

  it('says which files had no object any more', async () => {
    await system.removeObject(objectKey);
    expect(await backUp()).toMatchObject({ objects: 0, missing: [file] });
  });

  it('is not made over another', async () => {
    await backUp();
    await expect(backUp()).rejects.toThrow('is there already');
  });
});

describe('a restore', () => {
  beforeEach(() => backUp());

  it('is refused while a service runs', async () => {
    const service = await system.connectAsService('messages');
    await expect(restore()).rejects.toThrow('Stop every service first: atrium_messages');
    await service.end();
  });

  it('is refused over people who are registered, unless it is to replace them', async () => {
    await expect(restore({ replace: false })).rejects.toThrow('--replace');
    await system.change('truncate accounts.users cascade');
    await restore({ replace: false });
    expect(await one('select count(*)::int as users from accounts.users')).toEqual({ users: 2 });
  });

  it.each<[what: string, spoil: () => Promise<void>, sentence: string]>([
    ['without a manifest', () => writeFile(manifestPath(folder), '{}'), 'is of format undefined'],
    ['of a later version', () => rewrite(({ schemas }) => schemas.bot.migrations.push('in-the-future')), 'in-the-future of bot'],
    [
      'in which a table was changed',
      async () => {
        const path = tablePath(folder, 'accounts', 'users');
        await writeFile(
          path,
          gzipSync(
            gunzipSync(await readFile(path))
              .toString()
              .replace('ann', 'eve'),
          ),
        );
      },
      'accounts.users is not what was written',
    ],
    ['in which a table was cut', async () => writeFile(tablePath(folder, 'rooms', 'members'), 'x'), 'rooms.members cannot be read'],
  ])('of a backup %s is refused, and changes nothing', async (_what, spoil, sentence) => {
    await spoil();
    const { epoch } = await one<{ epoch: string }>('select epoch from messages.rooms');
    await expect(restore()).rejects.toThrow(sentence);
    expect(await one('select epoch from messages.rooms')).toEqual({ epoch });
  });
});
