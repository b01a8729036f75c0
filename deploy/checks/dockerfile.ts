import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../tools/local/paths.ts';

export type Copy = { sources: string[]; destination: string; from?: string };
export type Stage = { name: string; base: string; copies: Copy[]; command?: string[]; environment: Record<string, string> };

/** Reads the stages of deploy/Dockerfile as far as the checks need them. */
export function readDockerfile(): Stage[] {
  const text = readFileSync(join(root, 'deploy/Dockerfile'), 'utf8');
  const stages: Stage[] = [];
  for (const line of text.split('\n')) {
    const [instruction, ...words] = line.trim().split(/\s+/);
    const stage = stages.at(-1);
    if (instruction === 'FROM') stages.push({ name: words[2] ?? '', base: words[0] ?? '', copies: [], environment: {} });
    if (!stage) continue;
    if (instruction === 'COPY') stage.copies.push(readCopy(words));
    if (instruction === 'CMD') stage.command = JSON.parse(words.join(' ')) as string[];
    if (instruction === 'ENV')
      for (const [name, value] of words.map((word) => word.split('='))) stage.environment[name as string] = value ?? '';
  }
  return stages;
}

function readCopy(words: string[]): Copy {
  const from = words.find((word) => word.startsWith('--from='))?.slice('--from='.length);
  const paths = words.filter((word) => !word.startsWith('--'));
  return { sources: paths.slice(0, -1), destination: paths.at(-1) as string, from };
}
