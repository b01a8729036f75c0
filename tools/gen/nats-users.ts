import type { Heard } from './heard.ts';

type Rpc = { subject: string; service: string; callers: Readonly<Partial<Record<string, string>>> };
type Told = { subject: string; service: string };
/** What decides about permissions. By shape, because the tools are checked for what Node can strip and the libs are not. */
export type BusContracts = {
  processes: readonly string[];
  rpcs: Record<string, Record<string, Rpc>>;
  told: Told[];
  log: { timelines: string; commits: string };
  healthSubject: (process: string) => string;
  statusSubject: (process: string) => string;
  announcementSubject: (service: string) => string;
  instanceSubject: (subject: string, instance: string) => string;
  partsSubject: (answering: string, caller: string, id: string) => string;
  inboxPrefix: (process: string) => string;
  deadLetterSubject: (durable: string) => string;
  redeliverySubject: (durable: string) => string;
  REDELIVERING_PROCESS: string;
  STREAM_MAKING_PROCESS: string;
  durableName: (consumer: string, event: { name: string }) => string;
};
export type Permissions = { publish: string[]; subscribe: string[] };
type Consumer = { stream: string; durable: string; filter: string };

const STREAMS = ['EVENTS', 'LOG', 'DEAD'];
/** The service whose facts a process tells; a worker tells those of its service. */
const serviceOf = (process: string) => process.replace(/-worker$/, '');
/** Who writes the rooms' logs, and who shows them live. */
const LOG_WRITER = 'messages';
const LOG_READER = 'gateway';

/** What one process may send and hear: what it answers, calls, tells and listens to, and nothing else. */
export function permissionsOf(process: string, contracts: BusContracts, heard: readonly Heard[]): Permissions {
  const { rpcs, log } = contracts;
  const answered = Object.values(rpcs[process] ?? {});
  const called = Object.values(rpcs).flatMap((group) => Object.values(group).filter(({ callers }) => process in callers));
  const services = [...new Set(called.map(({ service }) => service))];
  const alone = ({ subject }: Rpc) => [subject, contracts.instanceSubject(subject, '*')];
  const told = contracts.told.filter(({ service }) => service === serviceOf(process)).map(({ subject }) => subject);
  const own = heard.filter(({ app }) => app === process);
  const consumers = own.flatMap((one) => consumerOf(one, contracts));
  const writesLog = process === LOG_WRITER;
  const redelivers = process === contracts.REDELIVERING_PROCESS;
  const takenBack = consumers.filter(({ stream }) => stream !== 'DEAD').map(({ durable }) => contracts.redeliverySubject(durable));
  return {
    publish: [
      ...called.flatMap(alone),
      ...services.map((service) => contracts.partsSubject(service, process, '*')),
      ...(answered.length > 0 ? [contracts.announcementSubject(process)] : []),
      ...told,
      ...(writesLog ? [log.timelines, log.commits] : []),
      ...(process === 'gateway'
        ? [...Object.keys(rpcs).map(contracts.healthSubject), ...contracts.processes.map(contracts.statusSubject)]
        : []),
      ...(told.length > 0 || consumers.length > 0 ? STREAMS.map(seeStream) : []),
      ...(process === contracts.STREAM_MAKING_PROCESS ? STREAMS.map(makeStream) : []),
      ...consumers.flatMap(consumerSubjects),
      ...consumers.filter(({ stream }) => stream !== 'DEAD').map(({ durable }) => contracts.deadLetterSubject(durable)),
      ...(redelivers ? [contracts.redeliverySubject('>')] : []),
      ANSWERS,
    ],
    subscribe: [
      `${contracts.inboxPrefix(process)}.>`,
      ...answered.flatMap(alone),
      ...takenBack.flatMap((subject) => [subject, contracts.instanceSubject(subject, '*')]),
      ...(redelivers ? [contracts.announcementSubject('*')] : services.map(contracts.announcementSubject)),
      ...(answered.length > 0 ? [contracts.partsSubject(process, '*', '*')] : []),
      ...(process in rpcs || process === 'gateway' ? [contracts.healthSubject(process)] : []),
      contracts.statusSubject(process),
      ...own.filter(({ kind }) => kind === 'live').map(({ subject }) => subject),
      ...(process === LOG_READER ? [log.timelines] : []),
    ],
  };
}

function consumerOf({ kind, subject, consumer, event }: Heard, { durableName }: BusContracts): Consumer[] {
  if (kind === 'dead') return [{ stream: 'DEAD', durable: consumer as string, filter: subject }];
  if (kind === 'timeline') return [{ stream: 'LOG', durable: consumer as string, filter: subject }];
  if (kind === 'durable')
    return [{ stream: 'EVENTS', durable: durableName(consumer as string, { name: event as string }), filter: subject }];
  return [];
}

/**
 * Where answers go, whoever asked. What NATS itself would allow, an answer wherever the request says, lets anyone who may
 * ask choose what the one who answers sends: its answer could be what empties a stream.
 */
const ANSWERS = '_INBOX.*.>';

/** To see whether a stream is there; never to change, read, empty or delete it. */
const seeStream = (stream: string) => `$JS.API.STREAM.INFO.${stream}`;
/** Whoever makes a stream says what it takes in and to whom it tells it: one process alone. */
const makeStream = (stream: string) => `$JS.API.STREAM.CREATE.${stream}`;

/** To make a consumer that sees its one subject, to fetch from it and to acknowledge. */
const consumerSubjects = ({ stream, durable, filter }: Consumer) => [
  `$JS.API.CONSUMER.CREATE.${stream}.${durable}.${filter}`,
  `$JS.API.CONSUMER.INFO.${stream}.${durable}`,
  `$JS.API.CONSUMER.MSG.NEXT.${stream}.${durable}`,
  `$JS.ACK.${stream}.${durable}.>`,
];

/** The variable that holds a user's password: `files-worker` → `NATS_FILES_WORKER_PASSWORD`. */
const passwordVariable = (user: string) => `NATS_${user.toUpperCase().replaceAll('-', '_')}_PASSWORD`;

/** The users of the NATS server, for its configuration file. */
export function natsUsers(contracts: BusContracts, heard: readonly Heard[]): string {
  const users = contracts.processes.map((process) => userBlock(process, permissionsOf(process, contracts, heard)));
  return `# Generated by \`npm run gen\` from the contracts and the decorators of the apps. Do not edit.
# Each process may send and hear what it answers, calls, tells and listens to. Passwords come from the environment.
authorization {
  users = [
${users.join('\n')}
    # For people and tools that look after the server; no process of Atrium uses it.
    { user: operator, password: $${passwordVariable('operator')} }
  ]
}
`;
}

function userBlock(user: string, { publish, subscribe }: Permissions): string {
  const list = (subjects: string[]) => subjects.map((subject) => `          "${subject}"`).join('\n');
  return `    {
      user: ${user}, password: $${passwordVariable(user)}
      permissions {
        publish: { allow: [
${list(publish)}
        ] }
        subscribe: { allow: [
${list(subscribe)}
        ] }
      }
    }`;
}
