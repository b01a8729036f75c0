import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { databaseServices } from '../local/provision.ts';
import { root } from '../local/paths.ts';
import { createdTables, foreignTables } from './foreign-tables.ts';

async function sources(folder: string): Promise<{ path: string; text: string }[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !/\.(spec|int-spec)\.ts$/.test(entry.name));
  return Promise.all(
    files.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path: path.slice(root.length + 1), text: await readFile(path, 'utf8') };
    }),
  );
}

const tables = new Map([
  ['rooms', new Set(['rooms', 'members', 'outbox'])],
  ['messages', new Set(['rooms', 'messages', 'outbox'])],
]);

describe('a foreign table is', () => {
  it.each([
    ['another service’s table', 'messages', '`select * from members`', ['members']],
    ['a table under another schema, whatever its name', 'messages', "'delete from rooms.outbox'", ['rooms.outbox']],
    ['one that a join names', 'rooms', '`select 1 from rooms join messages m on true`', ['messages']],
    ['one that an entity is mapped to', 'rooms', "{ tableName: 'messages' }", ['messages']],
    ['none of one’s own, even under a name that two use', 'messages', '`update rooms set name = 1`', []],
    ['nothing in a comment or a word of prose', 'messages', '// taken from members', []],
  ])('%s', (_title, service, source, expected) => {
    expect(foreignTables(service, source, tables)).toEqual(expected);
  });
});

describe('every service', () => {
  it('reads and writes its own tables only', async () => {
    const owned = new Map<string, Set<string>>();
    for (const service of databaseServices) {
      const migrations = await sources(`apps/${service}/migrations`);
      owned.set(service, new Set(['outbox', 'inbox', 'migrations', ...migrations.flatMap(({ text }) => createdTables(text))]));
    }
    const found: string[] = [];
    for (const service of databaseServices) {
      for (const { path, text } of [...(await sources(`apps/${service}/src`)), ...(await sources(`apps/${service}/migrations`))]) {
        for (const table of foreignTables(service, text, owned)) found.push(`${path}: ${table}`);
      }
    }
    expect(found).toEqual([]);
    expect([...owned.values()].every((set) => set.size > 3)).toBe(true);
  });
});
