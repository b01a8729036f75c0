import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Refusal } from '../local/refusal.ts';

/** What a test file needs, told by its name. */
export type Tier = 'unit' | 'int' | 'e2e';
const TIERS: readonly [RegExp, Tier][] = [
  [/\.int-spec\.ts$/, 'int'],
  [/\.e2e-spec\.ts$/, 'e2e'],
  [/\.spec\.tsx?$/, 'unit'],
];
const NOT_OURS = /(^|\/)(node_modules|dist|coverage)\//;

export const tierOf = (file: string): Tier | undefined => TIERS.find(([name]) => name.test(file))?.[1];

/** The folder of a project by its name. @throws Refusal with what there is */
export function folderOf(root: string, project: string): string {
  const found = [`apps/${project}`, `libs/${project}`, project].find((folder) => existsSync(join(root, folder, 'project.json')));
  if (!found) throw new Refusal(`There is no project ${project}: give a folder of apps/ or libs/, or e2e, tools, deploy.`);
  return found;
}

/** The test files of a project whose paths contain all the words. @throws Refusal where there is none */
export async function testFiles(root: string, folder: string, words: readonly string[]): Promise<string[]> {
  const names = (await readdir(join(root, folder), { recursive: true })).filter((name) => tierOf(name) && !NOT_OURS.test(name)).sort();
  const found = names.filter((name) => words.every((word) => name.includes(word)));
  if (found.length === 0) throw new Refusal(`${folder} has no test file with ${words.join(' and ')} in its path:\n  ${names.join('\n  ')}`);
  return found;
}
