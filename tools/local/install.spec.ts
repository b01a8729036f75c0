import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isInstalled } from './install.mjs';

describe('what is installed', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'atrium-install-'));
    mkdirSync(join(folder, 'node_modules'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (name: string, packages: object) => writeFileSync(join(folder, name), JSON.stringify({ packages }));
  const wanted = (packages: object) =>
    write('package-lock.json', { '': {}, 'libs/own': { version: '1.0.0' }, 'node_modules/own': { link: true }, ...packages });
  const record = (packages: object) => write('node_modules/.package-lock.json', packages);

  it('is nothing before the first install', () => {
    wanted({});
    expect(isInstalled(folder)).toBe(false);
  });

  it('suffices when every package has the version of the lock file', () => {
    wanted({ 'node_modules/a': { version: '1.0.0' } });
    record({ 'node_modules/a': { version: '1.0.0' }, 'node_modules/more': { version: '3.0.0' } });
    expect(isInstalled(folder)).toBe(true);
  });

  it.each([{}, { 'node_modules/a': { version: '1.0.0' } }])('is stale with %j', (installed) => {
    wanted({ 'node_modules/a': { version: '2.0.0' } });
    record(installed);
    expect(isInstalled(folder)).toBe(false);
  });

  it('may lack what is for another system', () => {
    wanted({ 'node_modules/for-windows': { version: '1.0.0', optional: true } });
    record({});
    expect(isInstalled(folder)).toBe(true);
  });
});
