import { readSettings } from './settings.ts';
import { Refusal } from './refusal.ts';
import { serviceEnv, servicesOf, type ServerAddresses } from './services.ts';
import { databaseServices } from './provision.ts';
import { redisUsers, type Secrets } from './secrets.ts';
import { PROCESSES } from '../../libs/contracts/src/processes.ts';

const servers: ServerAddresses = {
  databaseUrl: 'postgres://postgres:root@127.0.0.1:5000/atrium',
  natsUrl: 'nats://operator:all@127.0.0.1:5001',
  redisUrl: 'redis://operator:all@127.0.0.1:5002',
  s3: { endpoint: 'http://127.0.0.1:5003', region: 'us-east-1', accessKey: 'key', secretKey: 'secret', bucket: 'atrium' },
};
const each = <N extends string>(names: readonly N[], make: (name: N) => string) =>
  Object.fromEntries(names.map((name) => [name, make(name)])) as Record<N, string>;
const secrets: Secrets = {
  postgres: 'root',
  services: each(databaseServices, (name) => `of-${name}`),
  nats: each([...PROCESSES, 'operator'], (name) => `of-${name}`),
  redis: each([...redisUsers, 'operator'], (name) => `of-${name}`),
  busKeys: each(PROCESSES, (name) => Buffer.alloc(32, name).toString('base64url')),
  accountsKey: '5e'.repeat(32),
  botKey: 'b0'.repeat(32),
  pushKey: 'push',
  s3AccessKey: 'key',
  s3SecretKey: 'secret',
};
const envOf = (name: string, environment: NodeJS.ProcessEnv = {}, given: Partial<ServerAddresses> = {}) => {
  const settings = readSettings(environment);
  const service = servicesOf(settings.instances).find((one) => one.name === name);
  if (!service) throw new Error(name);
  return serviceEnv(service, settings, { ...servers, ...given }, secrets);
};

describe('the settings of a local stack', () => {
  it('start on port 3000 of this machine alone, with the demo', () => {
    expect(readSettings({})).toMatchObject({ port: 3000, host: '127.0.0.1', seed: true, given: {} });
  });

  it.each(['http', '0', '70000', '3000.5'])('refuse %s as a port', (PORT) => {
    expect(() => readSettings({ PORT })).toThrow(Refusal);
  });

  it.each(['0', '5', 'two', '1.5'])('refuse %s as a number of instances', (ATRIUM_INSTANCES) => {
    expect(() => readSettings({ ATRIUM_INSTANCES })).toThrow(Refusal);
  });

  it.each(['0', '2', '5', 'three'])('refuse %s as a number of nodes of NATS: two have no majority when one goes', (ATRIUM_NATS_NODES) => {
    expect(() => readSettings({ ATRIUM_NATS_NODES })).toThrow('give 1 or 3');
  });

  it('take an S3 store only together with its keys', () => {
    expect(() => readSettings({ S3_ENDPOINT: 'http://s3' })).toThrow('S3_ACCESS_KEY');
  });
});

describe('the environment of a service', () => {
  it('opens its own schema and no other', () => {
    const rooms = envOf('rooms', { DATABASE_URL: 'postgres://root@db/atrium', S3_SECRET_KEY: 'secret' });
    expect(rooms['ROOMS_DATABASE_URL']).toBe('postgres://atrium_rooms:of-rooms@127.0.0.1:5000/atrium');
    expect(Object.keys(rooms).filter((name) => /DATABASE_URL|S3_/.test(name))).toEqual(['ROOMS_DATABASE_URL']);
  });

  it('names every node of NATS, each with the user of the process, and how many keep what is stored', () => {
    const natsUrl = ['5001', '5011', '5021'].map((port) => `nats://operator:all@127.0.0.1:${port}`).join();
    expect(envOf('files-worker', { ATRIUM_NATS_NODES: '3' }, { natsUrl })).toMatchObject({
      NATS_URL: ['5001', '5011', '5021'].map((port) => `nats://files-worker:of-files-worker@127.0.0.1:${port}`).join(),
      NATS_REPLICAS: '3',
    });
    expect(envOf('rooms', { NATS_URL: 'nats://yours:4222' })).not.toHaveProperty('NATS_REPLICAS');
  });

  it('lets the worker into the files and their store', () => {
    expect(envOf('files-worker')).toMatchObject({ FILES_DATABASE_URL: expect.stringContaining('atrium_files'), S3_SECRET_KEY: 'secret' });
  });

  it.each(PROCESSES)('lets %s in at NATS as itself, with a key of its own', (name) => {
    const { NATS_URL, BUS_KEY, BUS_PUBLIC_KEYS } = envOf(name);
    expect(NATS_URL).toBe(`nats://${name}:of-${name}@127.0.0.1:5001`);
    expect(BUS_KEY).toBe(secrets.busKeys[name]);
    expect(BUS_PUBLIC_KEYS).not.toContain(BUS_KEY);
    expect(PROCESSES.filter((other) => !BUS_PUBLIC_KEYS?.includes(`${other}:`))).toEqual([]);
  });

  it('lets those who use Redis in there as themselves, and nobody else', () => {
    const addresses = PROCESSES.map((name) => [name, envOf(name)['REDIS_URL']]);
    expect(Object.fromEntries(addresses.filter(([, address]) => address))).toEqual({
      gateway: 'redis://gateway:of-gateway@127.0.0.1:5002',
      rooms: 'redis://rooms:of-rooms@127.0.0.1:5002',
      files: 'redis://files:of-files@127.0.0.1:5002',
      'files-worker': 'redis://files:of-files@127.0.0.1:5002',
    });
  });

  it('takes your own NATS and Redis with the credentials that you gave', () => {
    const own = { NATS_URL: 'nats://mine:secret@nats.internal:4222', REDIS_URL: 'redis://mine:secret@redis.internal:6379' };
    expect(envOf('rooms', own)).toMatchObject(own);
  });

  it('gives the gateway no database', () => {
    expect(Object.keys(envOf('gateway')).filter((name) => /DATABASE_URL|S3_/.test(name))).toEqual([]);
  });

  it('passes on what the person set for a service', () => {
    expect(envOf('accounts', { ACCOUNTS_ADMINS: 'root', LOG_LEVEL: 'debug' })).toMatchObject({
      ACCOUNTS_ADMINS: 'root',
      LOG_LEVEL: 'debug',
    });
  });

  it('makes nobody an admin when there is no demo', () => {
    expect(envOf('accounts', { ATRIUM_SEED: '0' })['ACCOUNTS_ADMINS']).toBe('');
  });
});

describe('several instances', () => {
  const two = { ATRIUM_INSTANCES: '2', PORT: '4100' };

  it('make as many processes of every service, each under a name of its own', () => {
    const names = servicesOf(2).map((service) => service.name);
    expect(new Set(names).size).toBe(servicesOf(1).length * 2);
    expect(names).toEqual(expect.arrayContaining(['messages', 'messages-2', 'files-worker-2']));
  });

  it('give each gateway a port and all of one service the same schema', () => {
    expect([envOf('gateway', two)['PORT'], envOf('gateway-2', two)['PORT']]).toEqual(['4100', '4101']);
    expect(envOf('rooms-2', two)['ROOMS_DATABASE_URL']).toBe(envOf('rooms', two)['ROOMS_DATABASE_URL']);
  });
});
