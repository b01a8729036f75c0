import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../local/paths.ts';

const kinds = ['type', 'layer', 'runtime'];

async function projectFiles(): Promise<string[]> {
  const top = ['e2e', 'bench', 'tools', 'deploy'];
  const nested = await Promise.all(
    ['apps', 'libs'].map(async (parent) =>
      (await readdir(join(root, parent), { withFileTypes: true }))
        .filter((entry) => entry.isDirectory())
        .map((entry) => `${parent}/${entry.name}`),
    ),
  );
  return [...top, ...nested.flat()];
}

describe('every project', () => {
  it('has a project.json with one tag of each kind, so that the boundaries hold it', async () => {
    const untagged: string[] = [];
    for (const folder of await projectFiles()) {
      const { tags = [] } = JSON.parse(readFileSync(join(root, folder, 'project.json'), 'utf8')) as { tags?: string[] };
      const complete = kinds.every((kind) => tags.filter((tag) => tag.startsWith(`${kind}:`)).length === 1);
      if (!complete) untagged.push(folder);
    }
    expect(untagged).toEqual([]);
  });

  it('is linted and type-checked', async () => {
    const unchecked: string[] = [];
    for (const folder of await projectFiles()) {
      const { targets = {} } = JSON.parse(readFileSync(join(root, folder, 'project.json'), 'utf8')) as { targets?: object };
      if (!('lint' in targets && 'typecheck' in targets)) unchecked.push(folder);
    }
    expect(unchecked).toEqual([]);
  });
});
