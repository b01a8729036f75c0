import { join } from 'node:path';
import { ensureDatabase, provision } from './provision.ts';
import { freePort } from './ports.ts';
import type { DataPaths } from './paths.ts';
import type { Secrets } from './secrets.ts';
import { findServer } from './servers/find-server.ts';
import { natsServer } from './servers/nats.ts';
import { postgresServer, postgresUrl } from './servers/postgres.ts';
import { redisServer } from './servers/redis.ts';
import { s3Server } from './servers/s3.ts';
import type { ServerAddresses } from './services.ts';
import type { S3Access, Settings } from './settings.ts';
import type { Supervisor } from './supervisor.ts';

const READY_WITHIN_MS = 60_000;
const DATABASE = 'atrium';

/** What it takes to start servers; the tests start PostgreSQL alone with the same. */
export interface ServerContext {
  supervisor: Supervisor;
  paths: DataPaths;
  secrets: Secrets;
  durable: boolean;
  report: (line: string) => void;
  /** Where one server finds another that listens at a port: tests put something between them. */
  rewire?: Rewire;
}

export type Rewire = (from: string, to: string, port: number) => Promise<number>;

const logOf = (paths: DataPaths, name: string) => join(paths.logs, `${name}.log`);

/** Starts PostgreSQL and returns the superuser's address of Atrium's database on it. */
export async function startPostgres({ supervisor, paths, secrets, durable }: ServerContext): Promise<string> {
  const options = { directory: paths.postgres, port: await freePort(), password: secrets.postgres, log: logOf(paths, 'postgres'), durable };
  await supervisor.start(await postgresServer(options), READY_WITHIN_MS);
  return postgresUrl(options, DATABASE);
}

/** One node, or several that are a cluster. @returns the addresses of all, joined by commas */
async function startNats({ supervisor, paths, secrets, report, rewire }: ServerContext, nodes: number): Promise<string> {
  const runner = await findServer('nats-server', report);
  const names = Array.from({ length: nodes }, (_, index) => (index === 0 ? 'nats' : `nats-${index + 1}`));
  const routes = await Promise.all(names.map(async (name) => ({ name, port: await freePort() })));
  const nodeAt = async (index: number) => {
    const { name, port } = routes[index]!;
    const found = routes.filter((other) => other.name !== name).map((other) => rewire?.(name, other.name, other.port) ?? other.port);
    return { node: index + 1, port, others: await Promise.all(found) };
  };
  const starting = names.map(async (name, index) => {
    const port = await freePort();
    const directory = index === 0 ? paths.nats : join(paths.data, name);
    const options = { runner, directory, port, log: logOf(paths, name), passwords: secrets.nats };
    await supervisor.start(await natsServer(options, nodes > 1 ? await nodeAt(index) : undefined), READY_WITHIN_MS);
    return `nats://operator:${secrets.nats.operator}@127.0.0.1:${port}`;
  });
  return (await Promise.all(starting)).join(',');
}

async function startRedis({ supervisor, paths, secrets, report }: ServerContext): Promise<string> {
  const port = await freePort();
  const runner = await findServer('redis-server', report);
  await supervisor.start(
    await redisServer({ runner, directory: paths.redis, port, log: logOf(paths, 'redis'), passwords: secrets.redis }),
    READY_WITHIN_MS,
  );
  return `redis://operator:${secrets.redis.operator}@127.0.0.1:${port}`;
}

async function startS3({ supervisor, paths, secrets }: ServerContext): Promise<S3Access> {
  const port = await freePort();
  const keys = { accessKey: secrets.s3AccessKey, secretKey: secrets.s3SecretKey, bucket: 'atrium' };
  await supervisor.start(s3Server({ ...keys, directory: paths.s3, port, log: logOf(paths, 's3') }), READY_WITHIN_MS);
  return { ...keys, endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1' };
}

/** Starts each server that the environment does not name, all at once, and makes the database ready for the services. */
export async function startServers(
  context: ServerContext,
  { given, natsNodes }: Pick<Settings, 'given' | 'natsNodes'>,
): Promise<ServerAddresses> {
  const database = async () => {
    const url = given.databaseUrl ?? (await startPostgres(context));
    await ensureDatabase(url);
    await provision(url, context.secrets.services);
    return url;
  };
  const [databaseUrl, natsUrl, redisUrl, s3] = await Promise.all([
    database(),
    given.natsUrl ?? startNats(context, natsNodes),
    given.redisUrl ?? startRedis(context),
    given.s3 ?? startS3(context),
  ]);
  return { databaseUrl, natsUrl, redisUrl, s3 };
}
