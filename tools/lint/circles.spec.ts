import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { root } from '../local/paths.ts';
import { circlesIn, importsOf } from './circles.ts';

async function everySource(): Promise<string[]> {
  const found: string[] = [];
  for (const folder of ['apps', 'libs', 'tools', 'e2e', 'bench']) {
    const names = await readdir(join(root, folder), { recursive: true });
    found.push(
      ...names.filter((name) => /\.tsx?$/.test(name) && !/(^|\/)(node_modules|dist)\//.test(name)).map((name) => join(root, folder, name)),
    );
  }
  return found;
}

describe('circles of files', () => {
  it('are found however long they are, and not where two ways lead to one file', () => {
    const next = new Map([
      ['a', ['b', 'c']],
      ['b', ['d']],
      ['c', ['d']],
      ['d', []],
      ['e', ['f']],
      ['f', ['g', 'd']],
      ['g', ['e']],
      ['h', ['h']],
    ]);
    expect(circlesIn(next)).toEqual([['e', 'f', 'g'], ['h']]);
  });

  it('are nowhere in the repository, types and what is loaded later included', async () => {
    const files = await everySource();
    expect(files.length).toBeGreaterThan(1_000);
    const next = new Map(files.map((file) => [file, importsOf(file)]));
    expect(circlesIn(next).map((circle) => circle.map((file) => relative(root, file)))).toEqual([]);
  });
});
