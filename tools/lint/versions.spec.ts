import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../local/paths.ts';

const versionIn = (path: string) => (JSON.parse(readFileSync(join(root, path), 'utf8')) as { version: string }).version;

describe('the version of the product', () => {
  it('is the same in every package and in the contract that is served', () => {
    const version = versionIn('package.json');
    const libs = readdirSync(join(root, 'libs')).map((lib) => versionIn(`libs/${lib}/package.json`));
    const served = /VERSION = '([^']+)'/.exec(readFileSync(join(root, 'libs/contracts/src/version.ts'), 'utf8'))?.[1];
    expect(new Set([...libs, served, versionIn('package-lock.json')])).toEqual(new Set([version]));
  });
});
