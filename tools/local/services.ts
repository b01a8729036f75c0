import { join } from 'node:path';
import { databaseServices, serviceUrl } from './provision.ts';
import { adminCodeFrom } from './admin-code.ts';
import type { ProcessSpec } from './managed-process.ts';
import { root } from './paths.ts';
import { publicKeyOf } from '../../libs/bus/src/bus-keys.ts';
import { PROCESSES, type ProcessName } from '../../libs/contracts/src/processes.ts';
import { redisUsers, type Secrets } from './secrets.ts';
import type { S3Access, Settings } from './settings.ts';

/** Where a stack's servers are, whoever runs them. */
export interface ServerAddresses {
  databaseUrl: string;
  natsUrl: string;
  redisUrl: string;
  s3: S3Access;
}

interface Kind {
  name: ProcessName;
  app: string;
  entry: string;
}

/** One process of a service. */
export interface Service extends Omit<Kind, 'name'> {
  /** Of this instance. */
  name: string;
  /** Whose user and key it has. */
  process: ProcessName;
  /** 1 for the first of its kind. */
  instance: number;
  /** The folder that it is built in, where that is not this one. */
  code?: string;
}

/**
 * How Node runs a process. Those that few messages pass through make little garbage: a small space for it, in MB, is
 * swept more often and spares some 50 MB in each.
 */
export const flagsOf = ({ app }: Pick<Kind, 'app'>): string[] => [
  '--enable-source-maps',
  ...(app === 'messages' || app === 'gateway' ? [] : ['--max-semi-space-size=4']),
];

/** Every kind of process of the product. */
export const services: readonly Kind[] = [
  { name: 'accounts', app: 'accounts', entry: 'main' },
  { name: 'rooms', app: 'rooms', entry: 'main' },
  { name: 'messages', app: 'messages', entry: 'main' },
  { name: 'files', app: 'files', entry: 'main' },
  { name: 'files-worker', app: 'files', entry: 'worker' },
  { name: 'bot', app: 'bot', entry: 'main' },
  { name: 'gateway', app: 'gateway', entry: 'main' },
];

/** So many of each; the first has the plain name, the others a number behind it. */
export function servicesOf(instances: number): Service[] {
  const counted = Array.from({ length: instances }, (_, index) => index + 1);
  return services.flatMap((kind) =>
    counted.map((instance) => ({ ...kind, process: kind.name, instance, name: instance === 1 ? kind.name : `${kind.name}-${instance}` })),
  );
}

/** Where each gateway listens. */
export function gatewayPorts({ port, instances }: Pick<Settings, 'port' | 'instances'>): number[] {
  return Array.from({ length: instances }, (_, index) => port + index);
}

export function s3Env(s3: S3Access): Record<string, string> {
  return { S3_ENDPOINT: s3.endpoint, S3_REGION: s3.region, S3_ACCESS_KEY: s3.accessKey, S3_SECRET_KEY: s3.secretKey, S3_BUCKET: s3.bucket };
}

/** The servers as environment variables: what `stack.json` tells tests and tools. */
export function serverEnv(servers: ServerAddresses): Record<string, string> {
  return { DATABASE_URL: servers.databaseUrl, NATS_URL: servers.natsUrl, REDIS_URL: servers.redisUrl, ...s3Env(servers.s3) };
}

/** Each would open more to a service than its own part. */
const othersSecrets = new Set([
  'DATABASE_URL',
  'NATS_URL',
  'REDIS_URL',
  'ACCOUNTS_ADMIN_CODE',
  'ACCOUNTS_SECRETS_KEY',
  'BOT_SECRETS_KEY',
  'MESSAGES_PUSH_KEY',
  'S3_ACCESS_KEY',
  'S3_SECRET_KEY',
]);
/** What is given to `npm start` for one service alone. */
const accountsSecrets = ['ACCOUNTS_SMTP_URL', 'ACCOUNTS_OIDC_PROVIDERS'];

/** The environment of one service: what it needs of the stack, and of the others' secrets nothing. */
export function serviceEnv(service: Service, settings: Settings, servers: ServerAddresses, secrets: Secrets): NodeJS.ProcessEnv {
  const passedOn = Object.fromEntries(
    Object.entries(settings.passedOn).filter(
      ([name]) => !othersSecrets.has(name) && (service.app === 'accounts' || !accountsSecrets.includes(name)),
    ),
  );
  const own = databaseServices.find((name) => name === service.app);
  return {
    ACCOUNTS_ADMINS: settings.seed ? 'ada' : '',
    ACCOUNTS_PUBLIC_URL: `http://localhost:${settings.port}`,
    ...passedOn,
    NODE_ENV: 'production',
    ...(service.app === 'accounts'
      ? { ACCOUNTS_ADMIN_CODE: adminCodeFrom(settings, secrets), ACCOUNTS_SECRETS_KEY: secrets.accountsKey }
      : {}),
    ...(service.app === 'bot' ? { BOT_SECRETS_KEY: secrets.botKey } : {}),
    ...(service.app === 'messages' ? { MESSAGES_PUSH_KEY: secrets.pushKey } : {}),
    ...busEnv(service, settings, servers, secrets),
    ...redisEnv(service, settings, servers, secrets),
    ...(own ? { [`${own.toUpperCase()}_DATABASE_URL`]: serviceUrl(servers.databaseUrl, own, secrets.services[own]) } : {}),
    ...(service.app === 'files' ? s3Env(servers.s3) : {}),
    ...(service.app === 'gateway' ? gatewayEnv(settings, service.instance) : {}),
  };
}

/** Who a process is on the bus. On a server of yours, as whom it connects is what your address says. */
function busEnv(
  { process }: Service,
  { given, natsNodes }: Settings,
  { natsUrl }: ServerAddresses,
  secrets: Secrets,
): Record<string, string> {
  return {
    NATS_URL:
      given.natsUrl ??
      natsUrl
        .split(',')
        .map((address) => asUser(address, process, secrets.nats[process]))
        .join(','),
    ...(given.natsUrl ? {} : { NATS_REPLICAS: String(natsNodes) }),
    BUS_KEY: secrets.busKeys[process],
    BUS_PUBLIC_KEYS: PROCESSES.map((name) => `${name}:${publicKeyOf(secrets.busKeys[name])}`).join(','),
  };
}

/** The way into Redis, for those who use it. */
function redisEnv({ app }: Service, { given }: Settings, { redisUrl }: ServerAddresses, secrets: Secrets): Record<string, string> {
  const user = redisUsers.find((name) => name === app);
  return user ? { REDIS_URL: given.redisUrl ?? asUser(redisUrl, user, secrets.redis[user]) } : {};
}

function asUser(address: string, user: string, password: string): string {
  const url = new URL(address);
  url.username = user;
  url.password = password;
  return url.href;
}

function gatewayEnv(settings: Settings, instance: number): Record<string, string> {
  return {
    PORT: String(gatewayPorts(settings)[instance - 1]),
    GATEWAY_HOST: settings.host,
    GATEWAY_WEB_DIR: settings.passedOn['GATEWAY_WEB_DIR'] || join(root, 'apps/web/dist'),
  };
}

/** What it says of itself. */
async function says(what: 'ready' | 'live', healthPort: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${healthPort}/health/${what}`, { signal: AbortSignal.timeout(3_000) });
  return answer.ok;
}

export function serviceProcess(service: Service, env: NodeJS.ProcessEnv, healthPort: number, logs: string): ProcessSpec {
  return {
    name: service.name,
    kind: 'service',
    command: process.execPath,
    args: [...flagsOf(service), join(service.code ?? root, `apps/${service.app}/dist/src/${service.entry}.js`)],
    env: { ...env, HEALTH_PORT: String(healthPort) },
    log: join(logs, `${service.name}.log`),
    ports: [...(service.app === 'gateway' ? [Number(env['PORT'])] : []), healthPort],
    healthPort,
    url: service.app === 'gateway' ? `http://localhost:${env['PORT']}` : undefined,
    stopSignal: 'SIGTERM',
    isReady: () => says('ready', healthPort),
    liveness: { answers: () => says('live', healthPort), everyMs: 5_000 },
  };
}
