import { connect } from 'node:net';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessSpec } from '../managed-process.ts';
import { Refusal } from '../refusal.ts';
import { runWith } from './docker.ts';
import type { Runner } from './find-server.ts';
import { usersFile } from './users-file.ts';

export interface ServerOptions {
  runner: Runner;
  directory: string;
  port: number;
  log: string;
  /** By user. */
  passwords: Readonly<Record<string, string>>;
}

/** One node of several. */
export interface NatsNode {
  /** 1 for the first. */
  node: number;
  /** Where it listens for the others. */
  port: number;
  /** Where it finds each of the others. */
  others: readonly number[];
}

/** A port that nobody listens at. */
const NOWHERE = '127.0.0.1:1';

/** What the server says first on a connection holds for the client whether it is up. */
export function firstWords(port: number, say = ''): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.setTimeout(1_000, () => socket.destroy(new Error('no answer')));
    socket.once('error', reject);
    // Docker's proxy accepts for a container that does not listen yet, and hangs up.
    socket.once('close', () => reject(new Error('hung up without a word')));
    socket.once('connect', () => socket.write(say));
    socket.once('data', (data) => {
      resolve(data.toString());
      socket.destroy();
    });
  });
}

/** Writes what nobody else may read, also over a file that others could. */
export async function writePrivate(file: string, text: string): Promise<void> {
  await rm(file, { force: true });
  await writeFile(file, text, { mode: 0o600 });
}

/** Clients are not told of the other nodes, nor nodes of each other: they go where their address says. */
function clusterOf({ port, others }: NatsNode): string[] {
  return [
    'cluster {',
    '  name: atrium',
    `  listen: "127.0.0.1:${port}"`,
    `  advertise: "${NOWHERE}"`,
    `  routes: [${others.map((other) => `"nats-route://127.0.0.1:${other}"`).join(', ')}]`,
    '  no_advertise: true',
    '}',
  ];
}

function configuration(listen: string, store: string, node?: NatsNode): string {
  return [
    `listen: "${listen}"`,
    `server_name: atrium-local${node ? `-${node.node}` : ''}`,
    ...(node ? clusterOf(node) : []),
    // A client that froze is dropped, and its share of the calls goes to others.
    'ping_interval: "5s"',
    'ping_max: 2',
    'jetstream {',
    `  store_dir: "${store}"`,
    '  max_memory_store: 128MB',
    '  max_file_store: 8GB',
    '}',
    '',
  ].join('\n');
}

export async function natsServer({ runner, directory, port, log, passwords }: ServerOptions, node?: NatsNode): Promise<ProcessSpec> {
  await mkdir(directory, { recursive: true });
  const inContainer = runner.kind === 'docker';
  if (inContainer && node) throw new Refusal('Several nodes of NATS are started as programs: install nats-server.');
  const file = join(directory, 'nats.conf');
  const placed = inContainer ? configuration('0.0.0.0:4222', '/data') : configuration(`127.0.0.1:${port}`, directory, node);
  await writePrivate(file, placed + (await usersFile('nats', passwords)));
  return {
    name: node && node.node > 1 ? `nats-${node.node}` : 'nats',
    kind: 'server',
    ...runWith(runner, { name: 'nats', directory, port, inner: 4222 }, ['-c', inContainer ? '/data/nats.conf' : file]),
    env: process.env,
    log,
    ports: [port],
    url: `nats://127.0.0.1:${port}`,
    stopSignal: 'SIGTERM',
    isReady: async () => (await firstWords(port)).includes('"jetstream":true'),
  };
}
