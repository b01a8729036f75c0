import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BusConfig } from '@atrium/bus';
import { busConfigOf, testUsers } from './test-users.ts';
import { onCleanup } from './cleanup.ts';
import { required, serverEnvironment } from './environment.ts';
import { freePort, listening } from './ports.ts';

/** A server of the suite's own. `stop` and `start` let a test take it away and bring it back with its data. */
export type TestServer = { url: string; port: number; start(): Promise<void>; stop(signal?: NodeJS.Signals): Promise<void> };

/** A NATS server with the users that production has. */
export type TestNats = TestServer & {
  /** What a process of this name is told of the bus; `test` may do everything there. */
  as(process: string): BusConfig;
};

/**
 * A NATS server with JetStream, on which each process may do what it may in production, and which drops clients that do
 * not answer as soon as production's does.
 */
export async function aNats(more: string[] = []): Promise<TestNats> {
  const directory = await temporaryDirectory('nats');
  const port = await freePort();
  const address = `127.0.0.1:${port}`;
  const file = join(directory, 'nats.conf');
  const settings = [`listen: "${address}"`, 'ping_interval: "5s"', 'ping_max: 2', `jetstream { store_dir: "${directory}" }`];
  await writeFile(file, [...settings, testUsers('nats')].join('\n'));
  const server = await started(`nats://${address}`, port, required('TEST_NATS_SERVER'), ['-c', file, ...more]);
  return { ...server, as: (process) => busConfigOf(process, address) };
}

/** A Redis server with the users that production has; its `url` is that of one who may do everything. */
export type TestRedis = TestServer & {
  /** The address as one service has it. */
  as(service: string): string;
};

/** A Redis server that keeps what it has over a restart. */
export async function aRedis(): Promise<TestRedis> {
  const directory = await temporaryDirectory('redis');
  const port = await freePort();
  const file = join(directory, 'redis.conf');
  const placed = ['bind 127.0.0.1', `port ${port}`, `dir "${directory}"`, 'appendonly yes', 'maxmemory-policy noeviction'];
  await writeFile(file, [...placed, testUsers('redis')].join('\n'));
  const as = (user: string) => `redis://${user}:${user}@127.0.0.1:${port}`;
  return { ...(await started(as('operator'), port, required('TEST_REDIS_SERVER'), [file])), as };
}

/** Two Redis servers, of which one follows the other, and a Sentinel that lets it take over. `url` is for who asks the Sentinel. */
export async function aRedisPair(): Promise<{ url: string; primary: TestServer; replica: TestServer }> {
  const command = required('TEST_REDIS_SERVER');
  const [first, second, sentinel] = [await freePort(), await freePort(), await freePort()];
  const server = async (port: number, more: string[]) => {
    const directory = await temporaryDirectory('redis');
    const file = join(directory, 'redis.conf');
    const placed = ['bind 127.0.0.1', `port ${port}`, `dir "${directory}"`, 'masteruser operator', 'masterauth operator'];
    await writeFile(file, [...placed, ...more, testUsers('redis')].join('\n'));
    return started(`redis://operator:operator@127.0.0.1:${port}`, port, command, [file]);
  };
  const primary = await server(first, []);
  const replica = await server(second, [`replicaof 127.0.0.1 ${first}`, 'repl-diskless-sync-delay 0']);
  const file = join(await temporaryDirectory('sentinel'), 'sentinel.conf');
  const of = (setting: string, value: string) => `sentinel ${setting} rooms ${value}`;
  await writeFile(
    file,
    [
      'bind 127.0.0.1',
      `port ${sentinel}`,
      `sentinel monitor rooms 127.0.0.1 ${first} 1`,
      of('auth-user', 'operator'),
      of('auth-pass', 'operator'),
      of('down-after-milliseconds', '500'),
      of('failover-timeout', '2000'),
    ].join('\n'),
  );
  await started(`redis://127.0.0.1:${sentinel}`, sentinel, command, [file, '--sentinel']);
  return { url: `redis+sentinel://operator:operator@127.0.0.1:${sentinel}/rooms`, primary, replica };
}

async function started(url: string, port: number, command: string, arguments_: string[]): Promise<TestServer> {
  let child: ChildProcess | undefined;
  const server: TestServer = {
    url,
    port,
    async start() {
      child = spawn(command, arguments_, { stdio: 'ignore', env: serverEnvironment() });
      await listening(port);
    },
    async stop(signal = 'SIGTERM') {
      const running = child;
      child = undefined;
      if (!running || running.exitCode !== null) return;
      await new Promise<void>((resolve) => {
        running.once('exit', () => resolve());
        running.kill(signal);
      });
    },
  };
  await server.start();
  onCleanup(() => server.stop('SIGKILL'));
  return server;
}

/** A directory that goes away with the suite. */
export async function temporaryDirectory(name: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), `atrium-test-${name}-`));
  onCleanup(() => rm(directory, { recursive: true, force: true, maxRetries: 3 }));
  return directory;
}
