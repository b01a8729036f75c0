import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../local/paths.ts';
import { gatewayFolders } from './gateway-folders.js';
import { webFolders } from './web-folders.js';

const run = promisify(execFile);

/** What no project may do, and the rule that says so. */
const refused: [title: string, file: string, code: string, rule: string][] = [
  ['the gateway touches a database', 'apps/gateway/src/x.ts', `import '@mikro-orm/core'`, '@nx/enforce-module-boundaries'],
  ['the gateway touches the object store', 'apps/gateway/src/x.ts', `import 'minio'`, '@nx/enforce-module-boundaries'],
  ['the gateway touches jobs', 'apps/gateway/src/x.ts', `import 'bullmq'`, '@nx/enforce-module-boundaries'],
  ['a service opens a web server', 'apps/rooms/src/x.ts', `import 'fastify'`, '@nx/enforce-module-boundaries'],
  ['a service opens a socket', 'apps/rooms/src/x.ts', `import 'ws'`, '@nx/enforce-module-boundaries'],
  ['the page imports the bus', 'apps/web/src/x.ts', `import '@atrium/bus'`, '@nx/enforce-module-boundaries'],
  ['the page imports a module of Node', 'apps/web/src/x.ts', `import 'node:fs'`, 'no-restricted-imports'],
  ['contracts import anything but zod', 'libs/contracts/src/x.ts', `import 'pino'`, '@nx/enforce-module-boundaries'],
  ['the bus knows the database', 'libs/bus/src/x.ts', `import '@atrium/database'`, 'no-restricted-imports'],
  ['the service kit knows the database', 'libs/service-kit/src/x.ts', `import '@atrium/database'`, 'no-restricted-imports'],
  ['the client knows the bus', 'libs/client/src/x.ts', `import '@atrium/bus'`, '@nx/enforce-module-boundaries'],
  ['a service is built on what is for tests', 'apps/rooms/src/x.ts', `import '@atrium/testing'`, 'no-restricted-imports'],
  ['an app imports an app', 'apps/rooms/src/x.ts', `import '../../bot/src/main.ts'`, '@nx/enforce-module-boundaries'],
  [
    'the environment is read outside the configuration',
    'apps/rooms/src/x.ts',
    `export const a = process.env['A']`,
    'no-restricted-properties',
  ],
  ['a default export', 'apps/rooms/src/x.ts', `export default 1`, 'no-restricted-exports'],
  [
    'the sockets of the gateway know what travels on them',
    'apps/gateway/src/sockets/x.ts',
    `import type { Batch } from '../timelines/batch.ts'; export type X = Batch`,
    'import-x/no-restricted-paths',
  ],
  [
    'the timelines of the gateway know the rooms',
    'apps/gateway/src/timelines/x.ts',
    `import '../rooms/typists.ts'`,
    'import-x/no-restricted-paths',
  ],
  [
    'the rooms of the gateway know the messages',
    'apps/gateway/src/rooms/x.ts',
    `import '../messages/messages.http.ts'`,
    'import-x/no-restricted-paths',
  ],
  ['a folder of the gateway knows the whole', 'apps/gateway/src/docs/x.ts', `import '../endpoints.ts'`, 'import-x/no-restricted-paths'],
  ['a noun of the page knows a place made of it', 'apps/web/src/live/x.ts', `import '../timeline/rows.ts'`, 'import-x/no-restricted-paths'],
  [
    'a noun of the page loads a place made of it later',
    'apps/web/src/people/x.ts',
    `export const x = () => import('../members/members-panel.tsx')`,
    'import-x/no-restricted-paths',
  ],
  ['the kit of the page knows who is signed in', 'apps/web/src/kit/x.ts', `import '../session/client.ts'`, 'import-x/no-restricted-paths'],
  ['the service worker knows the page', 'apps/web/src/worker/x.ts', `import '../session/client.ts'`, 'import-x/no-restricted-paths'],
  [
    'a type is imported where it is used, past the rules of imports',
    'apps/gateway/src/sockets/x.ts',
    `export type X = import('../rooms/typists.ts').Typists`,
    'no-restricted-syntax',
  ],
  ['any', 'apps/rooms/src/x.ts', `export const a: any = 1`, '@typescript-eslint/no-explicit-any'],
  ['tests are named by a function', 'apps/rooms/src/x.spec.ts', `describe('readRoom', () => {})`, 'no-restricted-syntax'],
];
const allowed: [title: string, file: string, code: string][] = [
  ['a test uses @atrium/testing', 'apps/rooms/src/x.int-spec.ts', `import '@atrium/testing'`],
  ['a service keeps its data', 'apps/rooms/src/x.ts', `import '@mikro-orm/core'`],
  ['files keeps the bytes', 'apps/files/src/x.ts', `import 'minio'`],
  ['the rooms of the gateway know the timelines', 'apps/gateway/src/rooms/x.ts', `import '../timelines/batch.ts'`],
  ['the sockets of the gateway know the configuration', 'apps/gateway/src/sockets/x.ts', `import '../config.ts'`],
  ['the gateway as a whole knows its parts', 'apps/gateway/src/x.ts', `import './rooms/typists.ts'`],
  ['a place of the page knows what it is made of', 'apps/web/src/timeline/x.ts', `import '../messages/acts.ts'`],
  ['the service worker knows what is shared with it', 'apps/web/src/worker/x.ts', `import '../share/shared-things.ts'`],
  ['tests are named by what they are about', 'apps/rooms/src/x.spec.ts', `describe('JSON', () => {})`],
  ['the gateway opens sockets', 'apps/gateway/src/x.ts', `import 'ws'`],
];

/** ESLint in a process of its own: Jest's module loader cannot hold Nx. */
const script = `
import { ESLint } from 'eslint';
const eslint = new ESLint({ cwd: process.argv[1] });
const results = [];
for (const { file, code } of JSON.parse(process.argv[2])) {
  const [result] = await eslint.lintText(code, { filePath: file });
  results.push(result.messages.map((message) => message.ruleId));
}
process.stdout.write(JSON.stringify(results));
`;

async function rulesAgainst(files: { file: string; code: string }[]): Promise<string[][]> {
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script, root, JSON.stringify(files)], { cwd: root });
  return JSON.parse(stdout) as string[][];
}

describe('the folders of an app whose folders import each other in one order', () => {
  it.each([
    ['the page', 'apps/web/src', webFolders],
    ['the gateway', 'apps/gateway/src', gatewayFolders],
  ])('have a place in it: %s', async (_app, source, ordered) => {
    const folders = await readdir(join(root, source), { withFileTypes: true });
    expect(folders.flatMap((one) => (one.isDirectory() ? [one.name] : [])).toSorted()).toEqual(ordered.toSorted());
  });
});

describe('lint', () => {
  let found: Map<string, string[]>;

  beforeAll(async () => {
    const cases = [...refused, ...allowed].map(([title, file, code]) => ({ title, file, code }));
    const results = await rulesAgainst(cases);
    found = new Map(cases.map(({ title }, index) => [title, results[index] ?? []]));
  }, 60_000);

  it.each(refused)('refuses that %s', (title, _file, _code, rule) => {
    expect(found.get(title)).toContain(rule);
  });

  it.each(allowed)('allows that %s', (title) => {
    expect(found.get(title)).toEqual([]);
  });
});
