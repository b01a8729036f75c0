import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessSpec } from '../managed-process.ts';
import { runWith } from './docker.ts';
import { firstWords, writePrivate, type ServerOptions } from './nats.ts';
import { usersFile } from './users-file.ts';

// Jobs live here: what was queued survives a restart, and nothing is dropped to make room.
const KEEPING = ['appendonly yes', 'save ""', 'maxmemory-policy noeviction'];

export async function redisServer({ runner, directory, port, log, passwords }: ServerOptions): Promise<ProcessSpec> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const inContainer = runner.kind === 'docker';
  const file = join(directory, 'redis.conf');
  const placed = inContainer
    ? ['bind 0.0.0.0', 'protected-mode no', 'dir /data']
    : ['bind 127.0.0.1', `port ${port}`, `dir "${directory}"`, 'daemonize no'];
  await writePrivate(file, [...placed, ...KEEPING, await usersFile('redis', passwords)].join('\n'));
  return {
    name: 'redis',
    kind: 'server',
    ...runWith(runner, { name: 'redis', directory, port, inner: 6379 }, inContainer ? ['redis-server', '/data/redis.conf'] : [file]),
    env: process.env,
    log,
    ports: [port],
    url: `redis://127.0.0.1:${port}`,
    stopSignal: 'SIGTERM',
    isReady: async () => (await firstWords(port, `AUTH operator ${passwords['operator']}\r\nPING\r\n`)).includes('+PONG'),
  };
}
