import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../local/paths.ts';
import type { Listeners, LogSubjects } from './subjects-page.ts';

const DECORATOR = /@On(Live)?Event\(\s*(\w+)\.(\w+)(?:,\s*\{\s*consumer:\s*'([^']+)')?/g;
const FOLLOWS = /\bfollow(?:Facts\((\w+),\s*|Membership\()\{\s*consumer:\s*'([^']+)'/g;
const TIMELINE = /@OnTimeline\(\{\s*consumer:\s*'([^']+)'/g;

/** Reads from the sources which app hears which subject. `contracts` are the modules of events by their exported name. */
export async function findListeners(contracts: Record<string, Record<string, { subject: string }>>, log: LogSubjects): Promise<Listeners> {
  const listeners: Listeners = new Map([[log.timelines, ['gateway (live)']]]);
  const add = (subject: string, who: string) => listeners.set(subject, [...(listeners.get(subject) ?? []), who]);
  for (const app of (await readdir(join(root, 'apps'))).sort()) {
    for (const source of await sources(join(root, 'apps', app, 'src'))) {
      for (const [, live, group, name, consumer] of source.matchAll(DECORATOR)) {
        const contract = contracts[group!]?.[name!];
        if (contract) add(contract.subject, live ? `${app} (live)` : consumer ? `${app} (\`${consumer}\`)` : app);
      }
      for (const [, facts = 'roomFacts', consumer] of source.matchAll(FOLLOWS)) {
        for (const { subject } of Object.values(contracts[facts] ?? {})) add(subject, `${app} (\`${consumer}\`)`);
      }
      for (const [, consumer] of source.matchAll(TIMELINE)) add(log.commits, `${app} (\`${consumer}\`)`);
    }
  }
  return listeners;
}

async function sources(directory: string): Promise<string[]> {
  const names = await readdir(directory, { recursive: true }).catch(() => []);
  return Promise.all(
    names
      .filter((name) => /^(?!.*spec\.ts$).*\.ts$/.test(name))
      .sort()
      .map((name) => readFile(join(directory, name), 'utf8')),
  );
}
