import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanUp, onCleanup, temporaryDirectory } from '@atrium/testing';
import { chmod } from 'node:fs/promises';
import pg from 'pg';
import { IntServers } from '../../test/int-servers.ts';

describe('the bundled PostgreSQL', () => {
  let url: string;
  let log: string;

  beforeAll(async () => {
    const folder = await temporaryDirectory('postgres');
    // As another user, which PostgreSQL runs as when we are root, it must be able to pass through.
    await chmod(folder, 0o711);
    const servers = new IntServers(folder, () => undefined);
    onCleanup(() => servers.stop());
    url = (await servers.start()).TEST_DATABASE_URL;
    log = join(folder, 'logs', 'postgres.log');
  }, 60_000);
  afterAll(cleanUp);

  const connected = async (address: string): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: address });
    await client.connect();
    return client;
  };

  it.each([
    ['no password', (address: URL) => (address.password = '')],
    ['a wrong password', (address: URL) => (address.password = 'guessed')],
    ['another user', (address: URL) => (address.username = 'stranger')],
  ])('refuses a stranger with %s', async (_what, change) => {
    const address = new URL(url);
    change(address);
    await expect(connected(address.href)).rejects.toThrow();
  });

  it('writes what failed into its log, and none of the values', async () => {
    const client = await connected(url);
    const address = 'someone.private@example.org';
    await client.query('create table people (email text unique, age int check (age > 0))');
    await client.query('insert into people (email) values ($1)', [address]);
    const failing: [string, unknown[]][] = [
      ['insert into people (email) values ($1)', [address]],
      [`insert into people (email) values ('${address}')`, []],
      ['insert into people (email, age) values ($1, -1)', [address]],
      ['select pg_sleep(1), $1::text', [address]],
    ];
    await client.query(`set statement_timeout = 200`);
    for (const [sql, values] of failing) await expect(client.query(sql, values)).rejects.toThrow();
    await client.end();
    const written = await readFile(log, 'utf8');
    expect(written).toContain('duplicate key value');
    expect(written).toContain('canceling statement due to statement timeout');
    expect(written).not.toContain(address);
  });
});
