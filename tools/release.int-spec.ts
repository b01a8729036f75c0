import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { root } from './local/paths.ts';

const COPIED = ['apps', 'libs', 'tools', 'e2e', 'docs', 'deploy', 'examples', 'package.json', 'package-lock.json', 'CHANGELOG.md'];
const NEEDED = ['LICENSE', '.swcrc', '.prettierrc.json', '.env.example'];
const MADE = new Set(['node_modules', 'dist', 'coverage', 'screenshots']);
const TOLD = ['docs/generated/openapi.json', 'docs/generated/asyncapi.json', 'libs/client/API.md', 'libs/contracts/src/version.ts'];

let copy: string;
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'atrium-release-'));
  for (const name of [...COPIED, ...NEEDED]) {
    cpSync(join(root, name), join(copy, name), { recursive: true, filter: (path) => !MADE.has(basename(path)) });
  }
  mkdirSync(join(copy, 'node_modules/@atrium'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '@atrium') symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name));
  }
  for (const lib of readdirSync(join(copy, 'libs'))) symlinkSync(join(copy, 'libs', lib), join(copy, 'node_modules/@atrium', lib));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const run = (...args: string[]) => spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
const read = (path: string) => readFileSync(join(copy, path), 'utf8');

describe('a release', () => {
  it('is refused for what is no version', () => {
    const { status, stderr } = run('tools/release.ts', 'next');
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('"next" is not a version') });
  });

  it('sets its version in all that tells one, generated documents too', () => {
    expect(run('tools/release.ts', '9.8.7').status).toBe(0);
    expect(TOLD.filter((path) => !read(path).slice(0, 400).includes('9.8.7'))).toEqual([]);
    expect(read('CHANGELOG.md')).toMatch(/## Unreleased\n\n## 9\.8\.7 – \d{4}-\d\d-\d\d\n/);
  }, 120_000);
});
