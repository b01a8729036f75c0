import { once } from 'node:events';
import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, cp, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanUp, freePort, listening, onCleanup, serverEnvironment, required, temporaryDirectory, waitFor } from '@atrium/testing';
import { connect } from '@nats-io/transport-node';
import { Redis } from 'ioredis';
import { root } from '../../tools/local/paths.ts';
import { firstWords } from '../../tools/local/servers/nats.ts';
import { freshEnvironment } from './compose.ts';

const environment = freshEnvironment();
const secret = (name: string) => environment[name] ?? '';

function started(command: string, args: string[], cwd: string): ChildProcess {
  const child = spawn(command, args, {
    cwd,
    stdio: 'ignore',
    env: { ...serverEnvironment(), ...environment, PATH: `${cwd}:${process.env['PATH']}` },
  });
  onCleanup(() => void child.kill('SIGKILL'));
  return child;
}

afterAll(cleanUp);

describe('the NATS server of compose', () => {
  let address: string;

  beforeAll(async () => {
    const folder = await temporaryDirectory('composed-nats');
    const port = await freePort();
    await cp(join(root, 'deploy/nats'), folder, { recursive: true });
    const text = await readFile(join(folder, 'nats.conf'), 'utf8');
    const placed = text.replace('"/data"', `"${folder}"`).replace('127.0.0.1:8222', `127.0.0.1:${await freePort()}`);
    await writeFile(join(folder, 'nats.conf'), placed);
    started(required('TEST_NATS_SERVER'), ['--config', join(folder, 'nats.conf'), '--addr', '127.0.0.1', '--port', String(port)], folder);
    await listening(port);
    address = `127.0.0.1:${port}`;
  });

  const enter = async (credential: { user?: string; pass?: string }) => {
    const connection = await connect({ servers: address, ...credential });
    await connection.close();
  };

  it('refuses a stranger, and whoever guesses', async () => {
    await expect(enter({})).rejects.toThrow('Authorization Violation');
    await expect(enter({ user: 'gateway', pass: 'guessed' })).rejects.toThrow('Authorization Violation');
    await expect(enter({ user: 'rooms', pass: secret('NATS_GATEWAY_PASSWORD') })).rejects.toThrow('Authorization Violation');
  });

  it.each(['gateway', 'accounts', 'rooms', 'messages', 'files', 'files-worker', 'bot', 'operator'])('lets %s in', async (user) => {
    await enter({ user, pass: secret(`NATS_${user.toUpperCase().replace('-', '_')}_PASSWORD`) });
  });
});

describe('the Redis server of compose', () => {
  let port: number;
  let folder: string;
  let server: ChildProcess;
  const start = async () => {
    server = started('sh', [join(root, 'deploy/redis/redis.sh')], folder);
    await listening(port);
  };

  beforeAll(async () => {
    folder = await temporaryDirectory('composed-redis');
    port = await freePort();
    // In place of the image's own entry point, which runs the server as another user.
    await writeFile(
      join(folder, 'docker-entrypoint.sh'),
      `#!/bin/sh\nshift\nexec ${required('TEST_REDIS_SERVER')} "$@" --port ${port} --bind 127.0.0.1\n`,
    );
    await chmod(join(folder, 'docker-entrypoint.sh'), 0o755);
    await start();
  });

  async function ask(credential: { username?: string; password?: string }, ...command: [string, ...string[]]): Promise<unknown> {
    const redis = new Redis({
      port,
      host: '127.0.0.1',
      lazyConnect: true,
      retryStrategy: () => null,
      enableReadyCheck: false,
      ...credential,
    });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      return await redis.call(...command);
    } finally {
      redis.disconnect();
    }
  }
  const as = (username: string) => ({ username, password: secret(`REDIS_${username.toUpperCase()}_PASSWORD`) });

  it('refuses a stranger, and whoever guesses', async () => {
    expect(await firstWords(port, 'GET limit:a\r\n')).toMatch(/^-NOAUTH/);
    expect(await firstWords(port, 'AUTH gateway guessed\r\n')).toMatch(/^-WRONGPASS/);
  });

  it.each([
    ['gateway', 'limit:a'],
    ['rooms', 'typing:a'],
    ['files', 'bull:files.extract:a'],
  ])('lets %s at its own keys, and at nothing else', async (user, own) => {
    expect(await ask(as(user), 'SET', own, 'x')).toBe('OK');
    for (const others of ['limit:b', 'typing:b', 'bull:files.extract:b'].filter((key) => key.split(':')[0] !== own.split(':')[0]))
      await expect(ask(as(user), 'GET', others)).rejects.toThrow('NOPERM');
    for (const command of [
      ['KEYS', '*'],
      ['SCAN', '0'],
      ['FLUSHALL'],
      ['CONFIG', 'GET', '*'],
      ['ACL', 'LIST'],
      // Tells the names of all keys that change, whosever they are.
      ['CLIENT', 'TRACKING', 'ON', 'BCAST'],
      ['EVAL', "return redis.call('GET', 'x')", '0'],
      // Functions are kept for everybody.
      ['FUNCTION', 'FLUSH'],
      ['FUNCTION', 'LOAD', "#!lua name=mine\nredis.register_function('mine', function() return 1 end)"],
    ])
      await expect(ask(as(user), ...(command as [string, ...string[]]))).rejects.toThrow(/NOPERM|can't access/);
  });

  it('has what it was told in a transaction after it was killed and came back', async () => {
    const redis = new Redis({ port, host: '127.0.0.1', ...as('files') });
    await redis.multi().set('bull:files.extract:one', 'job').set('bull:files.extract:two', 'job').exec();
    redis.disconnect();
    // What is written is on the disk within a second, or when the server ends in order.
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    await ended;
    await start();
    await waitFor(() => ask(as('files'), 'PING'), { what: 'the data to be read' });
    expect(await ask(as('files'), 'MGET', 'bull:files.extract:one', 'bull:files.extract:two')).toEqual(['job', 'job']);
  });

  it('starts with its passwords in no command line', async () => {
    const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const lines = await Promise.all(processes.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
    const secrets = Object.keys(environment).filter((name) => /_PASSWORD$/.test(name));
    expect(lines.some((line) => line.includes('redis-server'))).toBe(true);
    expect(lines.filter((line) => secrets.some((name) => line.includes(secret(name))))).toEqual([]);
  });
});
