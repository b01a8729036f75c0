import { resolve } from 'node:path';
import { dataPaths, root, type DataPaths } from './paths.ts';
import { Refusal } from './refusal.ts';

/** Servers that are already there; the stack then starts none of that kind. */
export interface GivenServers {
  /** As a role that may create roles and schemas. */
  databaseUrl?: string;
  natsUrl?: string;
  redisUrl?: string;
  s3?: S3Access;
}

export interface S3Access {
  endpoint: string;
  region: string;
  accessKey: string;
  secretKey: string;
  bucket: string;
}

/** What the environment decides about a stack on this machine. */
export interface Settings {
  /** The gateway's. */
  port: number;
  host: string;
  /** How many of every service; the gateways listen on `port` and those after it. */
  instances: number;
  /** How many nodes NATS has, if we start it. */
  natsNodes: number;
  paths: DataPaths;
  seed: boolean;
  given: GivenServers;
  /** Off only for tests, which need no data after a power cut. */
  durable: boolean;
  /** Passed on to every service: settings of their own, LOG_LEVEL, PATH… */
  passedOn: NodeJS.ProcessEnv;
}

function readPort(value: string | undefined): number {
  const port = Number(value ?? 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Refusal(`PORT is "${value}", which is not a port: give a number from 1 to 65535.`);
  return port;
}

/** Ten connections to PostgreSQL each: what it is started with has room for these. */
const MOST_INSTANCES = 4;

function readInstances(value: string | undefined): number {
  const instances = Number(value ?? 1);
  if (!Number.isInteger(instances) || instances < 1 || instances > MOST_INSTANCES)
    throw new Refusal(`ATRIUM_INSTANCES is "${value}": give a number from 1 to ${MOST_INSTANCES}.`);
  return instances;
}

function readNatsNodes(value: string | undefined): number {
  if (value !== undefined && value !== '1' && value !== '3') throw new Refusal(`ATRIUM_NATS_NODES is "${value}": give 1 or 3.`);
  return Number(value ?? 1);
}

function readS3(environment: NodeJS.ProcessEnv): S3Access | undefined {
  const { S3_ENDPOINT: endpoint, S3_ACCESS_KEY: accessKey, S3_SECRET_KEY: secretKey } = environment;
  if (!endpoint) return undefined;
  if (!accessKey || !secretKey) throw new Refusal('S3_ENDPOINT is set: S3_ACCESS_KEY and S3_SECRET_KEY must be set with it.');
  return { endpoint, accessKey, secretKey, region: environment['S3_REGION'] || 'us-east-1', bucket: environment['S3_BUCKET'] || 'atrium' };
}

/** What npm adds for its own scripts means nothing to a service. */
function withoutNpm(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !/^npm_|^NODE_OPTIONS$/.test(name)));
}

export function readSettings(environment: NodeJS.ProcessEnv = process.env): Settings {
  return {
    port: readPort(environment['PORT'] || undefined),
    host: environment['GATEWAY_HOST'] || '127.0.0.1',
    instances: readInstances(environment['ATRIUM_INSTANCES'] || undefined),
    natsNodes: readNatsNodes(environment['ATRIUM_NATS_NODES'] || undefined),
    paths: dataPaths(environment['ATRIUM_DATA'] ? resolve(environment['ATRIUM_DATA']) : resolve(root, '.local')),
    seed: environment['ATRIUM_SEED'] !== '0',
    given: {
      databaseUrl: environment['DATABASE_URL'] || undefined,
      natsUrl: environment['NATS_URL'] || undefined,
      redisUrl: environment['REDIS_URL'] || undefined,
      s3: readS3(environment),
    },
    durable: environment['ATRIUM_DURABLE'] !== '0',
    passedOn: withoutNpm(environment),
  };
}
