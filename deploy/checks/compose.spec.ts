import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ZodObject } from 'zod';
import { publicKeyOf } from '../../libs/bus/src/bus-keys.ts';
import { root } from '../../tools/local/paths.ts';
import { SILENT } from '../../tools/local/servers/postgres.ts';
import { services as processes } from '../../tools/local/services.ts';
import { readSettings } from '../../tools/local/settings.ts';
import { freshEnvironment, interpolate, readCompose } from './compose.ts';
import { readDockerfile } from './dockerfile.ts';

const compose = readCompose();
const stages = readDockerfile();
const environment = freshEnvironment();
const runtime = stages.find(({ name }) => name === 'runtime');

async function configOf(app: string): Promise<ZodObject> {
  const exported = (await import(pathToFileURL(join(root, `apps/${app}/src/config.ts`)).href)) as Record<string, unknown>;
  const schema = Object.values(exported).find((value) => value instanceof ZodObject);
  if (!schema) throw new Error(`apps/${app}/src/config.ts exports no schema`);
  return schema;
}

describe('docker-compose.yml', () => {
  it('has a service for every process of the product', () => {
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(processes.map(({ name }) => name)));
  });

  it.each(processes)('builds $name from its target and runs its entry', ({ name, app, entry }) => {
    const service = compose.services[name];
    expect(service?.build).toMatchObject({ context: '.', dockerfile: 'deploy/Dockerfile', target: app });
    const command = service?.command ?? stages.find((stage) => stage.name === app)?.command;
    expect(command?.at(-1)).toBe(`apps/${app}/dist/src/${entry}.js`);
  });

  it.each(processes)('gives $name a configuration that it accepts, and nothing that it does not know', async ({ name, app }) => {
    const given = Object.entries(compose.services[name]?.environment ?? {}).map(
      ([key, value]) => [key, interpolate(String(value), environment)] as const,
    );
    const schema = await configOf(app);
    expect(given.map(([key]) => key).filter((key) => !(key in schema.shape))).toEqual([]);
    const image = { ...runtime?.environment, ...stages.find((stage) => stage.name === app)?.environment };
    // An empty variable means "not set", as it does for loadConfig.
    const set = Object.fromEntries([...Object.entries(image), ...given].filter(([, value]) => value !== ''));
    expect(schema.safeParse(set).error?.issues ?? []).toEqual([]);
  });

  it('tells a service nothing of the others’ databases', () => {
    for (const { name, app } of processes) {
      const databases = Object.keys(compose.services[name]?.environment ?? {}).filter((key) => key.endsWith('_DATABASE_URL'));
      expect(databases).toEqual(app === 'gateway' ? [] : [`${app.toUpperCase()}_DATABASE_URL`]);
    }
  });

  it('can run any number of each process: no names, ports or volumes of their own', () => {
    for (const { name } of processes) {
      const service = compose.services[name];
      expect([service?.container_name, service?.ports]).toEqual([undefined, undefined]);
      // Each has a disk of its own for temporary files, or none.
      expect([undefined, '/tmp']).toContain(service?.volumes?.join());
    }
    const published = Object.entries(compose.services).filter(([, { ports }]) => ports);
    expect(published.map(([name]) => name)).toEqual(['proxy']);
  });

  it('runs every process under an init and starts it again, so that one that hangs can be ended from inside', () => {
    const told = processes.map(({ name }) => [compose.services[name]?.init, compose.services[name]?.restart]);
    expect(told).toEqual(processes.map(() => [true, 'unless-stopped']));
  });

  it('knows how every server is, and waits for what a process needs', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      if (!processes.some((process) => process.name === name))
        expect({ name, healthcheck: service.healthcheck?.test[0] }).toEqual({ name, healthcheck: 'CMD' });
      for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
        expect(compose.services[other]).toBeDefined();
        expect(['service_healthy', 'service_started']).toContain(condition);
      }
    }
  });

  it('mounts only what exists, and keeps data in volumes that it declares', () => {
    for (const { volumes = [] } of Object.values(compose.services)) {
      for (const source of volumes.filter((volume) => volume.includes(':')).map((volume) => volume.split(':')[0] as string)) {
        const known = source.startsWith('.') ? existsSync(join(root, source)) : source in compose.volumes;
        expect({ source, known }).toEqual({ source, known: true });
      }
    }
  });

  it('gives everything a user without rights, a file system that it cannot change, and limits', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      expect({ name, ...service }).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
      expect({ name, mem: service.mem_limit, pids: service.pids_limit }).toEqual({
        name,
        mem: expect.any(String),
        pids: expect.any(Number),
      });
      // Images that we make say it themselves.
      if (!service.build) expect({ name, user: service.user }).toEqual({ name, user: expect.stringMatching(/^(?!root)[a-z]+$/) });
    }
  });

  it('lets each reach the servers that it is told of, and only those the world who have to ask it', () => {
    const serverOn: Record<string, string> = { NATS_URL: 'bus', REDIS_URL: 'redis', S3_ENDPOINT: 'objects' };
    for (const { name, app } of processes) {
      const { environment: told = {}, networks = [] } = compose.services[name] ?? {};
      const servers = Object.keys(told).map((variable) => (variable.endsWith('_DATABASE_URL') ? 'database' : serverOn[variable]));
      // The gateway puts and fetches bytes where files says, and is whom the proxy asks.
      const needed = [...servers.filter((network) => network !== undefined), ...(app === 'gateway' ? ['objects', 'public'] : [])];
      expect({ name, networks: networks.filter((network) => network !== 'outside').sort() }).toEqual({ name, networks: needed.sort() });
    }
    const open = Object.entries(compose.networks).filter(([, network]) => !network?.internal);
    expect(open.map(([name]) => name)).toEqual(['outside']);
    const worldly = Object.entries(compose.services).filter(([, { networks }]) => networks?.includes('outside'));
    expect(worldly.map(([name]) => name).sort()).toEqual(['accounts', 'bot', 'files', 'messages', 'proxy']);
  });

  it('asks for nothing that deploy/compose/env.sh does not print, and refuses to start without its secrets', () => {
    const text = JSON.stringify(compose);
    const asked = [...text.matchAll(/\$\{(\w+)/g)]
      .map((match) => match[1] as string)
      .filter((name) => !['ATRIUM_VERSION', 'ATRIUM_REVISION', 'ATRIUM_SOURCE'].includes(name));
    expect([...new Set(asked)].filter((name) => !(name in environment))).toEqual([]);
    expect(() => interpolate(text, {})).toThrow('is not set');
  });

  it('has a container for the operator’s programs, with what they want to know and where they reach it', () => {
    const { services } = readCompose('deploy/compose/tools.yml');
    const given = Object.entries(services['tools']?.environment ?? {}).map(([name, value]) => [name, interpolate(value, environment)]);
    const { given: servers } = readSettings(Object.fromEntries(given) as NodeJS.ProcessEnv);
    for (const [server, address] of Object.entries({
      postgres: servers.databaseUrl,
      nats: servers.natsUrl,
      redis: servers.redisUrl,
      s3: servers.s3?.endpoint,
    })) {
      expect(new URL(address ?? '').hostname).toBe(server);
      expect(services['tools']?.networks).toEqual(expect.arrayContaining(compose.services[server]?.networks ?? ['a network']));
    }
  });

  it('keeps what people wrote out of the log of the database', () => {
    const command = compose.services['postgres']?.command ?? [];
    expect(command).toEqual(expect.arrayContaining(Object.entries(SILENT).map(([name, value]) => `-c${name}=${value}`)));
  });

  it('has nothing secret in a command line', () => {
    const secrets = Object.keys(environment).filter((name) => /PASSWORD|SECRET|BUS_KEY/.test(name));
    const commands = Object.values(compose.services).map(({ command, healthcheck }) => JSON.stringify([command, healthcheck]));
    expect(commands.filter((command) => secrets.some((name) => command.includes(name)))).toEqual([]);
  });

  it('gives each process its own key, and lets it into NATS and Redis as itself', () => {
    for (const { name, app } of processes) {
      const given = compose.services[name]?.environment ?? {};
      const variable = name.toUpperCase().replace('-', '_');
      expect(given['NATS_URL']).toMatch(new RegExp(`^nats://${name}:\\$\\{NATS_${variable}_PASSWORD:`));
      expect(given['BUS_KEY']).toMatch(new RegExp(`^\\$\\{BUS_KEY_${variable}:`));
      expect(environment['BUS_PUBLIC_KEYS']).toContain(`${name}:${publicKeyOf(environment[`BUS_KEY_${variable}`] ?? '')}`);
      if (given['REDIS_URL']) expect(given['REDIS_URL']).toMatch(new RegExp(`^redis://${app}:\\$\\{REDIS_${app.toUpperCase()}_PASSWORD:`));
    }
  });

  it('gives each role the password that its service uses', () => {
    const script = execFileSync('sh', ['-c', 'cat deploy/postgres/init.sh'], { cwd: root, encoding: 'utf8' });
    expect(script).toContain('_DATABASE_PASSWORD');
    for (const { app } of processes.filter(({ app }) => app !== 'gateway')) {
      const variable = `${app.toUpperCase()}_DATABASE_PASSWORD`;
      expect(compose.services['postgres']?.environment).toHaveProperty(variable);
      expect(compose.services[app]?.environment?.[`${app.toUpperCase()}_DATABASE_URL`]).toContain(`atrium_${app}:\${${variable}`);
    }
  });

  const hasCompose = spawnSync('docker', ['compose', 'version'], { stdio: 'ignore' }).status === 0;
  (hasCompose ? it : it.skip)('is what docker compose itself accepts', () => {
    const folder = mkdtempSync(join(tmpdir(), 'atrium-compose-'));
    try {
      const file = join(folder, '.env');
      writeFileSync(
        file,
        Object.entries(environment)
          .map(([name, value]) => `${name}=${value}`)
          .join('\n'),
      );
      execFileSync('docker', ['compose', '--env-file', file, 'config', '--quiet'], { cwd: root, stdio: 'pipe' });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
