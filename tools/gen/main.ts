/** `npm run gen`: writes what is generated from the sources; `--check` only says whether it is fresh. */
import './source-loader.ts';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ZodObject } from 'zod';
import { root } from '../local/paths.ts';
import { flagsOf, services } from '../local/services.ts';
import { breaksOf, lockOf, type Lock, type Locked } from './contract-lock.ts';
import { authorizationPage, unlisted, type Part, type Route } from './authorization-page.ts';
import { configPage, environmentExample, type AppConfig } from './config-docs.ts';
import { extractionPage, type Sample } from './extraction-page.ts';
import { botWords } from './bot-words.ts';
import { callerMistakes, callsIn } from './calls.ts';
import { hearingMistakes, whatIsHeard, whatIsWorked, workMistakes, type Heard } from './heard.ts';
import { kubernetesManifests } from './kubernetes.ts';
import { processOf } from './kubernetes-process.ts';
import { natsUsers, type BusContracts } from './nats-users.ts';
import { apiPage } from '../sdk/api-page.ts';
import { sourceFiles } from './source-files.ts';
import { subjectsPage, type Contracts, type Told } from './subjects-page.ts';

/** The schemas of everything that travels, as they were promised last. */
const LOCK = 'docs/generated/contracts.lock.json';
const WORKERS = ['files'];
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
    ...(await busDocuments()),
    [LOCK]: byLine(await contractLock()),
    'docs/config.md': configPage(configs),
    ...kubernetesManifests(services.map((kind) => processOf(kind, configs.find(({ app }) => app === kind.app)!.schema, flagsOf(kind)))),
    'docs/extraction.md': await extraction(),
    'docs/generated/authorization.md': await authorization(),
    '.env.example': environmentExample(configs),
    'apps/bot/src/words/catalogues.ts': await botWords(),
    ...(await sdk()),
  };
}

/** What the package of the SDK brings beside its code. */
async function sdk(): Promise<Record<string, string>> {
  const paths = await sourceFiles('libs/client/src');
  const sources = await Promise.all(paths.map(async (path) => ({ path, text: await readFile(join(root, path), 'utf8') })));
  return {
    'libs/client/API.md': await apiPage(sources, await load<Record<string, unknown>>('libs/contracts/src/index.ts')),
    'libs/client/LICENSE': await readFile(join(root, 'LICENSE'), 'utf8'),
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
  const named = <Contract>(suffix: RegExp) =>
    Object.entries(rest).flatMap(([name, group]) => (suffix.test(name) ? Object.values(group as Record<string, Contract>) : []));
  const told = named<Locked['told'][number]>(/(Events|Signals)$/);
  const present = lockOf({ rpcs, told, jobs: named<Locked['jobs'][number]>(/Jobs$/), clientFrames, serverFrames });
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

async function authorization(): Promise<string> {
  const { ROLES } = await load<{ ROLES: Record<string, string> }>('e2e/authorization/roles.ts');
  const { ROUTES, FRAMES } = await load<{ ROUTES: Part[]; FRAMES: Part }>('e2e/authorization/table.ts');
  const { declaredEndpoints } = await load<{ declaredEndpoints: Route[] }>('apps/gateway/src/endpoints.ts');
  const { ClientFrames } = await load<{ ClientFrames: object }>('libs/contracts/src/index.ts');
  mistakes.push(...unlisted([...ROUTES, FRAMES], declaredEndpoints, Object.keys(ClientFrames)));
  return authorizationPage(ROLES, [...ROUTES, FRAMES]);
}

type Group = Record<string, Told & { service: string }>;
type FactsContract = { events: Group; facts: { service: string; name: string }; heads: { service: string; name: string } };
type ContractsModule = {
  RPCS: Contracts['rpcs'] & BusContracts['rpcs'];
  TIMELINE_SUBJECTS: string;
  COMMITS_SUBJECT: string;
  DEAD_LETTER_SUBJECTS: string;
} & {
  PROCESSES: string[];
} & Pick<
    BusContracts,
    | 'healthSubject'
    | 'statusSubject'
    | 'announcementSubject'
    | 'instanceSubject'
    | 'partsSubject'
    | 'inboxPrefix'
    | 'deadLetterSubject'
    | 'redeliverySubject'
    | 'REDELIVERING_PROCESS'
    | 'STREAM_MAKING_PROCESS'
    | 'durableName'
  > &
  Record<string, unknown>;

/** What hangs on the contracts of the bus: the table of subjects, and what each process may do there. */
async function busDocuments(): Promise<Record<string, string>> {
  const contracts = await load<ContractsModule>('libs/contracts/src/index.ts');
  const { RPCS: rpcs, TIMELINE_SUBJECTS: timelines, COMMITS_SUBJECT: commits, DEAD_LETTER_SUBJECTS: dead } = contracts;
  const named = <T>(suffix: string) => Object.entries(contracts).flatMap(([name, value]) => (name.endsWith(suffix) ? [value as T] : []));
  const told = (suffix: string) => named<Group>(suffix).flatMap((group) => Object.values(group));
  const [events, signals] = [told('Events'), told('Signals')];
  const log = { timelines, commits };
  const heard: Heard[] = (await Promise.all(APPS.map((app) => whatIsHeard(app, load, { commits, dead })))).flat();
  const calls = await allCalls(new Set(Object.keys(rpcs)));
  addFollowers(calls, heard, named<FactsContract | object>('Facts').filter(isFactsContract));
  mistakes.push(...callerMistakes(rpcs, calls), ...hearingMistakes([...events, ...signals], heard));
  const jobs = named<Record<string, { queue: string }>>('Jobs').flatMap((group) => Object.values(group));
  const worked = (await Promise.all(WORKERS.map((app) => whatIsWorked(app, load)))).flat();
  mistakes.push(...workMistakes(jobs, worked));
  return {
    'docs/generated/subjects.md': subjectsPage({ rpcs, log, events, signals }, heard),
    'deploy/nats/users.conf': natsUsers({ ...contracts, processes: contracts.PROCESSES, rpcs, told: [...events, ...signals], log }, heard),
  };
}

/** What an app makes of the kit calls for it. */
const BEHIND: Record<string, string> = { followMembership: 'libs/database/src/membership' };

async function allCalls(services: ReadonlySet<string>): Promise<Map<string, Set<string>>> {
  const read = (paths: string[]) => Promise.all(paths.map((path) => readFile(join(root, path), 'utf8')));
  const calls = new Map<string, Set<string>>();
  for (const app of APPS) {
    const own = await read(await sourceFiles(`apps/${app}/src`));
    const used = Object.entries(BEHIND).filter(([name]) => own.some((text) => text.includes(`${name}(`)));
    const behind = await Promise.all(used.map(async ([, folder]) => read(await sourceFiles(folder))));
    calls.set(app, new Set([...own, ...behind.flat()].flatMap((text) => callsIn(text, services))));
  }
  return calls;
}

const isFactsContract = (value: FactsContract | object): value is FactsContract => 'events' in value;

/** Who takes all numbered facts of a kind in also asks their owner for what is missing; who waits for one of them does not. */
function addFollowers(calls: Map<string, Set<string>>, heard: readonly Heard[], kinds: readonly FactsContract[]): void {
  for (const { events, facts, heads } of kinds) {
    for (const [app, called] of calls) {
      const durable = new Set(heard.filter((one) => one.app === app && one.kind === 'durable').map(({ subject }) => subject));
      if (!Object.values(events).every(({ subject }) => durable.has(subject))) continue;
      for (const { service, name } of [facts, heads]) called.add(`${service}.${name}`);
    }
  }
}

/** What must be mended by hand. */
const mistakes: string[] = [];
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
process.stdout.write(`${[...mistakes, news].join('\n')}\n`);
process.exit(mistakes.length > 0 || (check && stale.length > 0) ? 1 : 0);
