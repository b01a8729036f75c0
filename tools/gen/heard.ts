/** One thing that an app listens to, as a decorator of `@atrium/bus` says. */
export type Heard = { app: string; subject: string; kind: 'live' | 'durable' | 'timeline' | 'dead'; consumer?: string; event?: string };

type Told = { subject: string; name: string };
type Plan =
  | { kind: 'rpc' | 'batch' }
  | { kind: 'live'; contract: Told }
  | { kind: 'durable'; event: Told; consumer: string }
  | { kind: 'timeline' | 'dead'; consumer: string };
type Load = <T>(path: string) => Promise<T>;

/** Where Nest keeps what decorators said of a handler, and of a module. */
const EXTRAS = 'microservices:pattern_extras';
type Metadata = { getMetadata(key: string, target: object): unknown };
const metadataOf = (key: string, target: object) => (Reflect as unknown as Metadata).getMetadata(key, target);

type Door = { prototype: object };
type Module = { module?: object; imports?: Module[]; controllers?: Door[] };
/** Nothing is opened while an app is only put together: any value will do. */
const ANY_CONFIG: unknown = new Proxy({}, { get: () => 'http://nowhere.invalid:1' });

/** The subjects of the rooms' logs, and of all that was set aside. */
export type StreamSubjects = { commits: string; dead: string };

/** What an app listens to: it is put together, and the decorators of its doors are asked. */
export async function whatIsHeard(app: string, load: Load, { commits, dead }: StreamSubjects): Promise<Heard[]> {
  const { AppModule } = await load<{ AppModule: { forRoot(config: unknown): Module } }>(`apps/${app}/src/app.module.ts`);
  const doors = [...new Set(doorsOf(AppModule.forRoot(ANY_CONFIG)))];
  return doors.flatMap(plansOf).flatMap((plan) => heardBy(app, plan, { commits, dead }));
}

/** The doors of a module and of those it imports, whether they are classes or made by a call. */
function doorsOf(module: Module): Door[] {
  const target = module.module ?? module;
  const said = <T>(key: 'imports' | 'controllers') => [
    ...((metadataOf(key, target) as T[] | undefined) ?? []),
    ...((module[key] ?? []) as T[]),
  ];
  return [...said<Door>('controllers'), ...said<Module>('imports').flatMap(doorsOf)];
}

function plansOf(door: Door): Plan[] {
  const methods = Object.values(Object.getOwnPropertyDescriptors(door.prototype)).map(({ value }) => value as unknown);
  return methods.flatMap((method) =>
    typeof method === 'function' ? ((metadataOf(EXTRAS, method) as { plan?: Plan } | undefined)?.plan ?? []) : [],
  );
}

function heardBy(app: string, plan: Plan, { commits, dead }: StreamSubjects): Heard[] {
  if (plan.kind === 'live') return [{ app, kind: 'live', subject: plan.contract.subject }];
  if (plan.kind === 'timeline') return [{ app, kind: 'timeline', subject: commits, consumer: plan.consumer }];
  if (plan.kind === 'dead') return [{ app, kind: 'dead', subject: dead, consumer: plan.consumer }];
  if (plan.kind === 'durable')
    return [{ app, kind: 'durable', subject: plan.event.subject, consumer: plan.consumer, event: plan.event.name }];
  return [];
}

/** Where BullMQ's module keeps which queue a class takes jobs from. */
const PROCESSOR = 'bullmq:processor_metadata';

/** The queues from which the worker of an app takes jobs. */
export async function whatIsWorked(app: string, load: Load): Promise<string[]> {
  type Worker = { forRoot(config: unknown): { providers?: object[] } };
  const { WorkerModule } = await load<{ WorkerModule: Worker }>(`apps/${app}/src/worker.module.ts`);
  const { providers = [] } = WorkerModule.forRoot(ANY_CONFIG);
  return providers.flatMap((provider) => (metadataOf(PROCESSOR, provider) as { name: string } | undefined)?.name ?? []);
}

/** Jobs that would wait for ever: of their queue, no worker takes any. */
export const workMistakes = (jobs: readonly { queue: string }[], worked: readonly string[]): string[] =>
  jobs
    .filter(({ queue }) => !worked.includes(queue))
    .map(
      ({ queue }) =>
        `no worker takes jobs from ${queue}: add a class with @Processor to the worker's module, or take it out of its contract`,
    );

/**
 * What is told in vain, or to the wrong one: an event or a signal that nobody hears, and a durable consumer of one name in
 * two apps, of which each would get what the other misses.
 */
export function hearingMistakes(told: readonly { subject: string }[], heard: readonly Heard[]): string[] {
  const subjects = new Set(heard.map(({ subject }) => subject));
  const unheard = told.filter(({ subject }) => !subjects.has(subject));
  const durable = heard.filter(({ consumer }) => consumer !== undefined);
  const apps = Map.groupBy(durable, ({ subject, consumer }) => `${consumer} of ${subject}`);
  return [
    ...unheard.map(
      ({ subject }) => `${subject} is heard by nobody: add a handler with @OnEvent or @OnLiveEvent, or take it out of its contract`,
    ),
    ...[...apps].flatMap(([name, readers]) =>
      readers.length > 1
        ? [`the durable consumer ${name} stands in ${readers.map(({ app }) => app).join(' and ')}: give each a name of its own`]
        : [],
    ),
  ];
}
