import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onCleanup } from './cleanup.ts';
import { required, serverEnvironment } from './environment.ts';
import { freePort, listening } from './ports.ts';

/** A server of the suite's own. `stop` and `start` let a test take it away and bring it back with its data. */
export type TestServer = { url: string; port: number; start(): Promise<void>; stop(signal?: NodeJS.Signals): Promise<void> };

/** A NATS server with JetStream, which drops clients that do not answer as soon as production's does. */
export async function aNats(more: string[] = []): Promise<TestServer> {
  const directory = await temporaryDirectory('nats');
  const port = await freePort();
  const configuration = join(directory, 'nats.conf');
  await writeFile(configuration, 'ping_interval: "5s"\nping_max: 2\n');
  const arguments_ = ['-c', configuration, '-a', '127.0.0.1', '-p', String(port), '-js', '-sd', directory, ...more];
  return started(`nats://127.0.0.1:${port}`, port, required('TEST_NATS_SERVER'), arguments_);
}

/** A Redis server that keeps what it has over a restart. */
export async function aRedis(): Promise<TestServer> {
  const directory = await temporaryDirectory('redis');
  const port = await freePort();
  const arguments_ = [
    '--bind',
    '127.0.0.1',
    '--port',
    String(port),
    '--dir',
    directory,
    '--appendonly',
    'yes',
    '--maxmemory-policy',
    'noeviction',
  ];
  return started(`redis://127.0.0.1:${port}`, port, required('TEST_REDIS_SERVER'), arguments_);
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
