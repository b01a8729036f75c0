import { parseArgs } from 'node:util';
import { Refusal } from '../../tools/local/refusal.ts';
import { readFault } from './faults.ts';
import { ALERT_FAULTS } from './alerts/alert-faults.ts';
import { findRaces } from './races/races.ts';

/** About eight minutes: each kind of fault, each place where it hurts most. */
const NIGHTLY = [
  'kill:messages',
  'kill:gateway',
  'kill:rooms',
  'kill:files-worker',
  'kill:postgres',
  'freeze:messages',
  'freeze:nats',
  'freeze:postgres',
  'stop:redis',
  'cut:messages/nats',
  'sleep:clients',
  'slow:postgres',
  'empty:redis',
  'delete:events',
  'restore:backup',
  'races',
];
/** Each service, each server, in every way. */
const EVERY = [
  ...['accounts', 'rooms', 'messages', 'files', 'files-worker', 'bot', 'gateway', 'nats', 'redis', 'postgres', 's3'].flatMap((what) => [
    `kill:${what}`,
    `freeze:${what}`,
    `stop:${what}`,
  ]),
  ...['postgres', 'nats', 'redis', 's3'].map((server) => `slow:${server}`),
  ...['messages/nats', 'messages/postgres', 'rooms/nats', 'files/s3', 'files-worker/redis', 'gateway/nats'].map((wire) => `cut:${wire}`),
  'sleep:clients',
  'empty:redis',
  'delete:events',
  'delete:log',
  'restore:backup',
  'promote:postgres',
  'promote-late:postgres',
  'races',
  'alerts',
];

export interface Options {
  drills: string[];
  seed: number;
  /** How often each drill is run, each time with the next seed. */
  times: number;
  sends: number;
  prove: boolean;
  /** How often each race is run. */
  rounds: number;
  /** How many nodes NATS has. */
  nats: number;
  /** How many Redis there are; several are watched by Sentinels. */
  redis: number;
  /** The commit whose services are started, where it is another: "previous" is the last one with other contracts. */
  from: string | undefined;
}

/** Every drill with every seed it is run with, in turns, so that all have been run when there is no time for more. */
export const turnsOf = ({ drills, seed, times }: Pick<Options, 'drills' | 'seed' | 'times'>): { name: string; seed: number }[] =>
  Array.from({ length: times }, (_, turn) => drills.map((name) => ({ name, seed: seed + turn }))).flat();

/** `alerts` are all of them, `alerts:SearchBehind` is one. */
function isAlerts(name: string): boolean {
  const [kind, alert] = name.split(':');
  return kind === 'alerts' && (alert === undefined || alert in ALERT_FAULTS);
}

function count(value: string, name: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw new Refusal(`--${name} is "${value}": give a whole number from 1.`);
  return number;
}

export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string' },
      nightly: { type: 'boolean', default: false },
      prove: { type: 'boolean', default: false },
      seed: { type: 'string', default: '1' },
      times: { type: 'string', default: '1' },
      sends: { type: 'string', default: '2000' },
      rounds: { type: 'string', default: '30' },
      nats: { type: 'string', default: '1' },
      redis: { type: 'string', default: '1' },
      from: { type: 'string' },
    },
  });
  const drills = values.only?.split(',') ?? (values.nightly ? NIGHTLY : EVERY);
  // A name that is wrong is to be told before a stack is started for it.
  for (const name of drills) if (!isAlerts(name) && findRaces(name).length === 0) readFault(name);
  const prove = values.prove || values.nightly;
  const number = (name: 'seed' | 'times' | 'sends' | 'rounds' | 'nats' | 'redis') => count(values[name], name);
  return {
    drills,
    seed: number('seed'),
    times: number('times'),
    sends: number('sends'),
    rounds: number('rounds'),
    nats: number('nats'),
    redis: number('redis'),
    from: values.from,
    prove,
  };
}
