import { mkdir } from 'node:fs/promises';
import type { ProcessSpec } from '../managed-process.ts';
import { runWith } from './docker.ts';
import { firstWords, type ServerOptions } from './nats.ts';

export async function redisServer({ runner, directory, port, log }: ServerOptions): Promise<ProcessSpec> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  // Jobs live here: what was queued survives a restart, and nothing is dropped to make room.
  const keeping = ['--appendonly', 'yes', '--save', '', '--maxmemory-policy', 'noeviction'];
  const placed =
    runner.kind === 'docker'
      ? ['redis-server', '--bind', '0.0.0.0', '--protected-mode', 'no', '--dir', '/data']
      : ['--bind', '127.0.0.1', '--port', String(port), '--dir', directory, '--daemonize', 'no'];
  return {
    name: 'redis',
    kind: 'server',
    ...runWith(runner, { name: 'redis', directory, port, inner: 6379 }, [...placed, ...keeping]),
    env: process.env,
    log,
    ports: [port],
    url: `redis://127.0.0.1:${port}`,
    stopSignal: 'SIGTERM',
    isReady: async () => (await firstWords(port, 'PING\r\n')).startsWith('+PONG'),
  };
}
