import { join } from 'node:path';
import { waitFor } from '@atrium/testing';
import { Redis } from 'ioredis';
import { ManagedProcess, type ProcessSpec } from '../../tools/local/managed-process.ts';
import { freePort } from '../../tools/local/ports.ts';
import { Refusal } from '../../tools/local/refusal.ts';
import { loadSecrets } from '../../tools/local/secrets.ts';
import { findServer } from '../../tools/local/servers/find-server.ts';
import { firstWords, writePrivate } from '../../tools/local/servers/nats.ts';
import { redisServer } from '../../tools/local/servers/redis.ts';
import type { Settings } from '../../tools/local/settings.ts';
import type { Reroute, Report } from '../../tools/local/stack.ts';
import { readStackFile } from '../../tools/local/stack-file.ts';

/** What Sentinels call the servers that they watch. */
const NAME = 'atrium';
const SENTINELS = 3;
const QUORUM = 2;
const DOWN_AFTER_MS = 5_000;
const WITHIN_MS = 60_000;
const GRACE_MS = 10_000;
/** Which one Sentinels prefer, where they have the choice: the lowest. */
const PREFERRED = 1;

/** The Redis of a stack as the first of several, watched by Sentinels. */
export class Sentinels {
  readonly #settings: Settings;
  readonly #report: Report;
  readonly #servers: number;
  readonly #processes: ManagedProcess[] = [];
  #ports: Promise<number[]> | undefined;

  /** @param servers how many there are, with the stack's own */
  constructor(settings: Settings, report: Report, servers: number) {
    this.#settings = settings;
    this.#report = report;
    this.#servers = servers;
  }

  /** Who is told of a Redis is told of the Sentinels instead, and stays who it was. The first who asks has them started. */
  readonly reroute: Reroute = async (_process, env) => {
    if (!env['REDIS_URL']) return env;
    const ports = await (this.#ports ??= this.#start());
    const { username, password } = new URL(env['REDIS_URL']);
    const hosts = ports.map((port) => `127.0.0.1:${port}`).join(',');
    return { ...env, REDIS_URL: `redis+sentinel://${username}:${password}@${hosts}/${NAME}` };
  };

  /** Where the one listens that leads, as the first Sentinel has it. */
  async primaryPort(): Promise<number> {
    const [port] = await this.#sentinelPorts();
    const found = await ask(port!, {}, (sentinel) => sentinel.call('sentinel', 'get-master-addr-by-name', NAME));
    return Number((found as [string, string])[1]);
  }

  /** Resolves once every Sentinel names a primary that is meant. */
  async leads(isMeant: (port: number) => boolean): Promise<void> {
    const ports = await this.#sentinelPorts();
    const named = (port: number) => ask(port, {}, (sentinel) => sentinel.call('sentinel', 'get-master-addr-by-name', NAME));
    await waitFor(async () => (await Promise.all(ports.map(named))).every((found) => isMeant(Number((found as [string, string])[1]))), {
      withinMs: WITHIN_MS,
      what: 'another Redis to take over',
    });
  }

  /** Resolves once the one at a port has all that the primary has, and takes what it says. */
  async follows(port: number): Promise<void> {
    await waitFor(
      async () => {
        const told = await ask(port, this.#operator, (redis) => redis.info('replication'));
        return /role:slave/.test(told) && /master_link_status:up/.test(told);
      },
      { withinMs: WITHIN_MS, what: 'the Redis that came back to follow' },
    );
  }

  /** Asks for a change of the primary, as one does before work on a machine, until it is that one. */
  async handBack(to: number): Promise<void> {
    const [sentinel] = await this.#sentinelPorts();
    await waitFor(
      async () => {
        if ((await this.primaryPort()) === to) return true;
        // It is refused while one is under way, and until the Sentinels have seen that the one that came back follows.
        await ask(sentinel!, {}, (asked) => asked.call('sentinel', 'failover', NAME));
        return false;
      },
      { withinMs: WITHIN_MS, what: 'the first Redis to lead again' },
    );
    await this.leads((port) => port === to);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.stop(GRACE_MS)));
  }

  get #operator() {
    return { username: 'operator', password: loadSecrets(this.#settings.paths.secrets).redis.operator };
  }

  async #sentinelPorts(): Promise<number[]> {
    return (await this.#ports) ?? [];
  }

  /** @returns where the Sentinels listen */
  async #start(): Promise<number[]> {
    const { paths } = this.#settings;
    const runner = await findServer('redis-server', this.#report);
    if (runner.kind !== 'program') throw new Refusal('Several Redis are tried with its program: install redis-server.');
    const first = readStackFile(paths.stack)!.processes.find(({ name }) => name === 'redis')!.ports[0]!;
    await this.#follow(first, PREFERRED);
    for (let number = 2; number <= this.#servers; number += 1) {
      const [name, port] = [`redis-${number}`, await freePort()];
      const place = { runner, directory: join(paths.data, name), port, log: join(paths.logs, `${name}.log`) };
      await this.#run({ ...(await redisServer({ ...place, passwords: loadSecrets(paths.secrets).redis })), name });
      await this.#follow(port, number * 10, first);
    }
    return Promise.all(Array.from({ length: SENTINELS }, (_, index) => this.#startSentinel(runner.path, index + 1, first)));
  }

  /** Tells one how to follow whom it will be told to, kept in its own file as Sentinels keep what they tell it. */
  async #follow(port: number, priority: number, first?: number): Promise<void> {
    const { username, password } = this.#operator;
    await ask(port, this.#operator, async (redis) => {
      await redis.config('SET', 'masteruser', username, 'masterauth', password, 'replica-priority', String(priority));
      if (first !== undefined) await redis.replicaof('127.0.0.1', first);
      await redis.config('REWRITE');
    });
  }

  async #startSentinel(command: string, number: number, first: number): Promise<number> {
    const { paths } = this.#settings;
    const { username, password } = this.#operator;
    const [name, port] = [`sentinel-${number}`, await freePort()];
    const file = join(paths.data, `${name}.conf`);
    const settings = [
      'bind 127.0.0.1',
      `port ${port}`,
      `sentinel monitor ${NAME} 127.0.0.1 ${first} ${QUORUM}`,
      `sentinel auth-user ${NAME} ${username}`,
      `sentinel auth-pass ${NAME} ${password}`,
      `sentinel down-after-milliseconds ${NAME} ${DOWN_AFTER_MS}`,
      `sentinel failover-timeout ${NAME} ${4 * DOWN_AFTER_MS}`,
    ];
    await writePrivate(file, `${settings.join('\n')}\n`);
    await this.#run({
      name,
      kind: 'server',
      command,
      args: [file, '--sentinel'],
      env: process.env,
      log: join(paths.logs, `${name}.log`),
      ports: [port],
      stopSignal: 'SIGTERM',
      isReady: async () => (await firstWords(port, 'PING\r\n')).includes('+PONG'),
    });
    return port;
  }

  async #run(spec: ProcessSpec): Promise<void> {
    const started = new ManagedProcess(spec, { changed: () => undefined, report: this.#report });
    this.#processes.push(started);
    await started.start(WITHIN_MS);
  }
}

/** Asks one server one thing, by a connection of its own. */
async function ask<T>(port: number, as: { username?: string; password?: string }, question: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis({ host: '127.0.0.1', port, ...as, lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
  try {
    await redis.connect();
    return await question(redis);
  } finally {
    redis.disconnect();
  }
}
