import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../local/paths.ts';

/** The sources in a folder that run in production, by path from the root of the repository, in a fixed order. */
export async function sourceFiles(folder: string): Promise<string[]> {
  const names = await readdir(join(root, folder), { recursive: true });
  return names
    .filter((name) => /\.ts$/.test(name) && !/\.(int-)?spec\.ts$/.test(name))
    .sort()
    .map((name) => join(folder, name));
}
