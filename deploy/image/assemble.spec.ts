import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { billOf } from './bill.ts';
import { closureOf, codeIn, namedIn } from './packages.ts';

describe('what an image holds', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'atrium-image-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function write(path: string, content: string | object): void {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  }
  function install(packages: Record<string, object>, development: string[] = []): void {
    for (const [path, manifest] of Object.entries(packages)) write(`${path}/package.json`, manifest);
    const lock = Object.keys(packages).map((path) => [path, { version: '1.0.0', ...(development.includes(path) && { dev: true }) }]);
    write('package-lock.json', { packages: Object.fromEntries(lock) });
  }

  it('are the packages that the code loads, however it does, and not those whose names it only contains', () => {
    write(
      'dist/main.js',
      `import a from 'a';\nawait import("@b/c/deep.js");\nrequire.resolve('d/package.json'); // e is not loaded, nor is 'fg'`,
    );
    write('dist/main.js.map', `'e'`);
    expect(namedIn(codeIn(join(folder, 'dist')), ['a', '@b/c', 'd', 'e', 'f', 'g', '@b/cc'])).toEqual(['a', '@b/c', 'd']);
  });

  it('are all that these need, as they find it: nested, optional, of peers, in circles', () => {
    install({
      'node_modules/a': { dependencies: { b: '2' }, optionalDependencies: { absent: '1', c: '1' } },
      'node_modules/a/node_modules/b': { dependencies: { a: '1' } },
      'node_modules/b': {},
      'node_modules/c': { peerDependencies: { d: '1' } },
      'node_modules/d': {},
    });
    expect([...closureOf(folder, ['a'])].sort()).toEqual([
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/c',
      'node_modules/d',
    ]);
  });

  it('are none that only development needs, though a peer names them', () => {
    install({ 'node_modules/a': { peerDependencies: { typescript: '6' } }, 'node_modules/typescript': {} }, ['node_modules/typescript']);
    expect([...closureOf(folder, ['a'])]).toEqual(['node_modules/a']);
  });
});

describe('the bill of materials of an image', () => {
  const component = (ref: string) => ({ 'bom-ref': ref, name: ref });
  const whole = {
    serialNumber: 'urn:uuid:random',
    metadata: { timestamp: 'now', component: component('atrium@1.0.0') },
    components: [component('a@1.0.0'), component('a@2.0.0|node_modules/b/node_modules/a'), component('c@1.0.0')],
    dependencies: [
      { ref: 'atrium@1.0.0', dependsOn: ['a@1.0.0', 'c@1.0.0'] },
      { ref: 'c@1.0.0', dependsOn: [] },
    ],
  };

  it('names what is in it and nothing else', () => {
    const { components, dependencies, metadata } = billOf(whole, 'rooms', new Set(['a@1.0.0', 'a@2.0.0']));
    expect(components.map((one) => one['bom-ref'])).toEqual(['a@1.0.0', 'a@2.0.0|node_modules/b/node_modules/a']);
    expect(dependencies).toEqual([{ ref: 'atrium@1.0.0', dependsOn: ['a@1.0.0'] }]);
    expect(metadata.component.name).toBe('atrium-rooms');
  });

  it('is the same whenever it is made', () => {
    const later = { ...whole, serialNumber: 'urn:uuid:other', metadata: { ...whole.metadata, timestamp: 'later' } };
    expect(billOf(later, 'rooms', new Set())).toEqual(billOf(whole, 'rooms', new Set()));
  });
});
