/** `npm run gen`: writes what is generated from the sources; `--check` only says whether it is fresh. */
import './source-loader.ts';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ZodObject } from 'zod';
import { root } from '../local/paths.ts';
import { breaksOf, lockOf, type Lock, type Locked } from './contract-lock.ts';
import { configPage, environmentExample, type AppConfig } from './config-docs.ts';
import { extractionPage, type Sample } from './extraction-page.ts';
import { findListeners } from './listeners.ts';
import { subjectsPage, type Contracts, type Told } from './subjects-page.ts';

/** The schemas of everything that travels, as they were promised last. */
const LOCK = 'docs/generated/contracts.lock.json';
const APPS = ['gateway', 'accounts', 'rooms', 'messages', 'files', 'bot'];

/** By address, not by name: a tool may look into the apps, nothing may depend on them. */
const load = async <T>(path: string) => (await import(pathToFileURL(join(root, path)).href)) as T;
/** A line for each, so that a change shows as what it is. */
const byLine = (lock: Lock) =>
  `{\n${Object.entries(lock)
    .map(([name, schema]) => `${JSON.stringify(name)}: ${JSON.stringify(schema)}`)
    .join(',\n')}\n}\n`;
const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

async function documents(): Promise<Record<string, string>> {
  await load('node_modules/reflect-metadata/Reflect.js');
  const { openApiDocument } = await load<{ openApiDocument: (endpoints: unknown) => unknown }>('apps/gateway/src/docs/openapi.ts');
  const { declaredEndpoints } = await load<{ declaredEndpoints: unknown }>('apps/gateway/src/endpoints.ts');
  const { asyncApiDocument } = await load<{ asyncApiDocument: () => unknown }>('apps/gateway/src/docs/asyncapi.ts');
  const configs: AppConfig[] = [];
  for (const app of APPS) {
    const schema = Object.values(await load<Record<string, unknown>>(`apps/${app}/src/config.ts`)).find(
      (value) => value instanceof ZodObject,
    );
    if (!schema) throw new Error(`apps/${app}/src/config.ts exports no schema`);
    configs.push({ app, schema });
  }
  return {
    'docs/generated/openapi.json': json(openApiDocument(declaredEndpoints)),
    'docs/generated/asyncapi.json': json(asyncApiDocument()),
    'docs/generated/subjects.md': await subjects(),
    [LOCK]: byLine(await contractLock()),
    'docs/config.md': configPage(configs),
    'docs/extraction.md': await extraction(),
    '.env.example': environmentExample(configs),
  };
}

/** The lock only grows: what it holds is what processes of the last release may still send and expect. */
async function contractLock(): Promise<Lock> {
  const {
    RPCS: rpcs,
    ClientFrames: clientFrames,
    ServerFrames: serverFrames,
    ...rest
  } = await load<
    { RPCS: Locked['rpcs']; ClientFrames: Locked['clientFrames']; ServerFrames: Locked['serverFrames'] } & Record<string, unknown>
  >('libs/contracts/src/index.ts');
  const groups = Object.entries(rest).flatMap(([name, group]) =>
    /(Events|Signals)$/.test(name) ? [group as Record<string, Locked['told'][number]>] : [],
  );
  const present = lockOf({ rpcs, told: groups.flatMap((group) => Object.values(group)), clientFrames, serverFrames });
  const locked = JSON.parse(await readFile(join(root, LOCK), 'utf8').catch(() => '{}')) as Lock;
  const retired = new Set(
    process.argv.filter((argument) => argument.startsWith('--retire=')).map((argument) => argument.slice('--retire='.length)),
  );
  const kept = Object.fromEntries(Object.entries(locked).filter(([name]) => !retired.has(name)));
  const breaks = breaksOf(kept, present);
  if (breaks.length > 0) {
    process.stderr.write(
      `The contracts break what the last release relies on (docs/how-to/change-a-contract.md):\n${breaks.map((text) => `  ${text}\n`).join('')}`,
    );
    process.exit(1);
  }
  return present;
}

async function extraction(): Promise<string> {
  const { SAMPLES } = await load<{ SAMPLES: Sample[] }>('apps/files/test/format-samples.ts');
  const { textOf } = await load<{ textOf: Parameters<typeof extractionPage>[1] }>('apps/files/test/reading.ts');
  return extractionPage(SAMPLES, textOf);
}

type Group = Record<string, Told>;
type ContractsModule = { RPCS: Contracts['rpcs']; TIMELINE_SUBJECTS: string; COMMITS_SUBJECT: string } & Record<
  'accountEvents' | 'roomEvents' | 'fileEvents' | 'roomSignals' | 'messageSignals' | 'fileSignals',
  Group
> &
  Record<'roomFacts' | 'fileFacts' | 'profileFacts', { events: Group }>;

async function subjects(): Promise<string> {
  const {
    RPCS: rpcs,
    TIMELINE_SUBJECTS: timelines,
    COMMITS_SUBJECT: commits,
    ...rest
  } = await load<ContractsModule>('libs/contracts/src/index.ts');
  const { accountEvents, roomEvents, fileEvents, roomSignals, messageSignals, fileSignals } = rest;
  const facts = { roomFacts: rest.roomFacts.events, fileFacts: rest.fileFacts.events, profileFacts: rest.profileFacts.events };
  const groups = { accountEvents, roomEvents, fileEvents, roomSignals, messageSignals, fileSignals, ...facts };
  const told = (...named: Group[]) => named.flatMap((group) => Object.values(group));
  const contracts = {
    rpcs,
    log: { timelines, commits },
    events: told(accountEvents, roomEvents, fileEvents),
    signals: told(roomSignals, messageSignals, fileSignals),
  };
  return subjectsPage(contracts, await findListeners(groups, contracts.log));
}

const check = process.argv.includes('--check');
const stale: string[] = [];
for (const [path, text] of Object.entries(await documents())) {
  const file = join(root, path);
  if ((await readFile(file, 'utf8').catch(() => undefined)) === text) continue;
  stale.push(path);
  if (check) continue;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}
const news = stale.length === 0 ? 'everything is fresh' : `${check ? 'stale, run "npm run gen"' : 'written'}: ${stale.join(', ')}`;
process.stdout.write(`${news}\n`);
process.exit(check && stale.length > 0 ? 1 : 0);
