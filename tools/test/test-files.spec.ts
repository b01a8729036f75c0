import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { folderOf, testFiles, tierOf } from './test-files.ts';

const FILES = [
  'project.json',
  'src/sends/sends.int-spec.ts',
  'src/sends/order.spec.ts',
  'dist/src/sends/order.spec.ts',
  'src/sends/sends.ts',
];
let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'atrium-test-files-'));
  for (const file of FILES) {
    await mkdir(dirname(join(root, 'apps/messages', file)), { recursive: true });
    await writeFile(join(root, 'apps/messages', file), '{}');
  }
});

describe('A test that is asked for by name', () => {
  it('is found in its project by words of its path, of whatever tier', async () => {
    expect(folderOf(root, 'messages')).toBe('apps/messages');
    expect(await testFiles(root, 'apps/messages', ['sends'])).toEqual(['src/sends/order.spec.ts', 'src/sends/sends.int-spec.ts']);
    expect(await testFiles(root, 'apps/messages', ['sends', 'order'])).toEqual(['src/sends/order.spec.ts']);
  });

  it('that does not exist is refused with those that do', async () => {
    await expect(testFiles(root, 'apps/messages', ['recieve'])).rejects.toThrow('src/sends/order.spec.ts');
    expect(() => folderOf(root, 'mesages')).toThrow('There is no project mesages');
  });

  it.each([
    ['a.spec.tsx', 'unit'],
    ['a.int-spec.ts', 'int'],
    ['a.e2e-spec.ts', 'e2e'],
    ['a.ts', undefined],
  ])('needs what its name says: %s', (file, tier) => expect(tierOf(file)).toBe(tier));
});
