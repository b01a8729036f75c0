import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RuleTester } from 'eslint';
import { parser } from 'typescript-eslint';
import { house } from './plugin.ts';

const tester = new RuleTester({ languageOptions: { parser: parser as never } });
const rule = (name: keyof typeof house.rules) => house.rules[name] as never;

const service = 'apps/rooms/src/rooms/rooms.service.ts';
const repository = 'apps/rooms/src/members/members.repository.ts';

tester.run('layers', rule('layers'), {
  valid: [
    { name: 'a door imports a use case', code: `import { a } from './rooms.service.ts'`, filename: 'apps/rooms/src/rooms/rooms.rpc.ts' },
    { name: 'a use case imports data', code: `import { a } from '../members/members.repository.ts'`, filename: service },
    { name: 'a use case imports a pure function', code: `import { a } from './succession.ts'`, filename: service },
    { name: 'the module names everything', code: `import { a } from './rooms.rpc.ts'`, filename: 'apps/rooms/src/rooms.module.ts' },
    {
      name: 'a door imports what every service has for its doors',
      code: `import { AuditLog } from '@atrium/database'`,
      filename: 'apps/rooms/src/rooms/rooms.rpc.ts',
    },
    { name: 'a use case imports a transaction', code: `import { transact } from '@atrium/database'`, filename: service },
    { name: 'a package may be called as it likes', code: `import { a } from 'some.rpc.ts'`, filename: service },
  ],
  invalid: [
    {
      name: 'a door imports data',
      code: `import { a } from '../members/members.repository.ts'`,
      filename: 'apps/rooms/src/rooms/rooms.rpc.ts',
      errors: 1,
    },
    ...['transact', 'MembershipRepository', 'type Outbox'].map((name) => ({
      name: `a door imports ${name} of the library of databases`,
      code: `import { ${name} } from '@atrium/database'`,
      filename: 'apps/rooms/src/rooms/rooms.rpc.ts',
      errors: [{ messageId: 'rows' }],
    })),
    {
      name: 'a door imports all of the library of databases',
      code: `import * as database from '@atrium/database'`,
      filename: 'apps/rooms/src/rooms/rooms.rpc.ts',
      errors: [{ messageId: 'rows' }],
    },
    {
      name: 'a door imports the driver of PostgreSQL',
      code: `import { Pool } from 'pg'`,
      filename: 'apps/rooms/src/rooms/rooms.rpc.ts',
      errors: 1,
    },
    { name: 'a use case imports a door', code: `import { a } from './rooms.rpc.ts'`, filename: service, errors: [{ messageId: 'upward' }] },
    {
      name: 'a guard imports a door',
      code: `import { a } from './x.consumer.ts'`,
      filename: 'apps/rooms/src/rooms/rooms.access.ts',
      errors: 1,
    },
    { name: 'data imports a use case', code: `import type { A } from './members.service.ts'`, filename: repository, errors: 1 },
    { name: 'data passes a use case on', code: `export * from './members.access.ts'`, filename: repository, errors: 1 },
    {
      name: 'an entity loads a use case late',
      code: `await import('./members.service.ts')`,
      filename: 'apps/rooms/src/members/member.entity.ts',
      errors: 1,
    },
  ],
});

/** Plain files, which are looked into: a chain that ends at rows, one that ends at a use case, and one that ends nowhere. */
const folder = mkdtempSync(join(tmpdir(), 'layers-'));
afterAll(() => rmSync(folder, { recursive: true }));
for (const [name, imported] of [
  ['src/links.ts', './tokens.ts'],
  ['src/tokens.ts', './token.repository.ts'],
  ['src/rows.ts', '@mikro-orm/postgresql'],
  ['src/registry.ts', './commands.service.ts'],
  ['src/circle.ts', './circle.ts'],
] as const) {
  mkdirSync(join(folder, 'src'), { recursive: true });
  writeFileSync(join(folder, name), `import { a } from '${imported}';`);
}
const inFolder = (name: string) => join(folder, 'src', name);

tester.run('layers, by way of plain files', rule('layers'), {
  valid: [
    { name: 'a door imports a plain file that asks a use case', code: `import { a } from './registry.ts'`, filename: inFolder('a.rpc.ts') },
    { name: 'a use case imports a plain file that has rows', code: `import { a } from './links.ts'`, filename: inFolder('a.service.ts') },
    { name: 'a door imports a plain file that leads nowhere', code: `import { a } from './circle.ts'`, filename: inFolder('a.rpc.ts') },
    { name: 'a plain file imports MikroORM', code: `import { a } from '@mikro-orm/postgresql'`, filename: inFolder('a.ts') },
    { name: 'what puts an app together imports doors', code: `import { a } from './a.http.ts'`, filename: inFolder('endpoints.ts') },
  ],
  invalid: [
    {
      name: 'a door imports a plain file that comes to data by another',
      code: `import { a } from './links.ts'`,
      filename: inFolder('a.rpc.ts'),
      errors: [{ messageId: 'through' }],
    },
    {
      name: 'a door imports a plain file that imports MikroORM',
      code: `import { a } from './rows.ts'`,
      filename: inFolder('a.http.ts'),
      errors: [{ messageId: 'through' }],
    },
    { name: 'a door imports MikroORM', code: `import { a } from '@mikro-orm/core'`, filename: inFolder('a.consumer.ts'), errors: 1 },
    {
      name: 'data imports a plain file that comes to a use case',
      code: `import { a } from './registry.ts'`,
      filename: inFolder('a.repository.ts'),
      errors: [{ messageId: 'through' }],
    },
    { name: 'a plain file imports a door', code: `import { a } from './a.rpc.ts'`, filename: inFolder('a.ts'), errors: 1 },
  ],
});

const injected = (count: number) => Array.from({ length: count }, (_, n) => `private readonly p${n}: P${n}`).join(', ');

tester.run('max-params', rule('max-params'), {
  valid: [
    { name: 'four', code: 'function f(a, b, c, d) {}' },
    { name: 'eight that are injected', code: `class A { constructor(${injected(8)}) {} }` },
    { name: 'what decorators fill in', code: 'class A { f(@P() a, @P() b, @P() c, @P() d, @P() e) {} }' },
  ],
  invalid: [
    { name: 'five', code: 'const f = (a, b, c, d, e) => a', errors: [{ messageId: 'tooMany' }] },
    { name: 'five in a constructor that is not injected', code: 'class A { constructor(a, b, c, d, e) {} }', errors: 1 },
    { name: 'nine that are injected', code: `class A { constructor(${injected(9)}) {} }`, errors: 1 },
  ],
});

const page = new RuleTester({ languageOptions: { parser: parser as never, parserOptions: { ecmaFeatures: { jsx: true } } } });

page.run('words', rule('words'), {
  valid: [
    { name: 'a word in a macro', code: '<p><Trans>Saved <b>messages</b></Trans></p>' },
    { name: 'a label from a catalogue', code: '<input aria-label={t`Search`} placeholder={t`Search`} />' },
    { name: 'signs and single letters', code: '<p> · {name} (#{n}) B</p>' },
    { name: 'what is not shown', code: '<a href="/saved" className="row" rel="noreferrer" />' },
    { name: 'a key of the keyboard', code: '<kbd>Enter</kbd>' },
  ],
  invalid: [
    { name: 'a word in an element', code: '<p>Saved</p>', errors: [{ messageId: 'plain' }] },
    { name: 'a word beside a value', code: '<p>{count} messages</p>', errors: 1 },
    { name: 'a word in braces', code: "<p>{'Saved'}</p>", errors: 1 },
    { name: 'a word in a label', code: '<input aria-label="Search" />', errors: 1 },
  ],
});
