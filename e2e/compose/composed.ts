import { join } from 'node:path';
import { waitFor } from '@atrium/testing';
import { freshEnvironment } from '../../deploy/checks/compose.ts';
import { root } from '../../tools/local/paths.ts';
import { freePortsInARow } from '../../tools/local/ports.ts';
import { FILES, TOOLS_FILE, WATCH_FILE, writeComposeFiles, type Ports } from './compose-files.ts';
import type { Container } from './container.ts';
import type { Engine } from './engine.ts';
import { Relay } from './relay.ts';

export const PROJECT = 'atrium-composed';
/** What the images of the code that is here are called. */
export const THIS_VERSION = 'local';
/** Of the promise that everything is healthy so soon. */
export const HEALTHY_WITHIN_MS = 90_000;
/** Of a machine that does much else meanwhile: who waits longer finds nothing more out. */
const GIVE_UP_AFTER_MS = 400_000;
/** What a container ends with that had to be killed. */
const KILLED = 137;
/** Where whoever operates it finds what it stores. */
const SERVERS = {
  postgres: { port: 5432, network: `${PROJECT}_database` },
  nats: { port: 4222, network: `${PROJECT}_bus` },
  redis: { port: 6379, network: `${PROJECT}_redis` },
  s3: { port: 7070, network: `${PROJECT}_objects` },
};

/** The Atrium of docker-compose.yml on an engine. Drills break it as they break any other. */
export class Composed {
  readonly secrets = freshEnvironment();
  readonly #engine: Engine;
  readonly #ports: Ports;
  #relay: Relay | undefined;
  /** Of the images that containers are made from. */
  #version = THIS_VERSION;

  private constructor(engine: Engine, ports: Ports) {
    this.#engine = engine;
    this.#ports = ports;
  }

  static async on(engine: Engine): Promise<Composed> {
    const http = await freePortsInARow(3);
    const composed = new Composed(engine, { http, https: http + 1, prometheus: http + 2 });
    await writeComposeFiles(engine.folder, composed.#ports, { ...composed.secrets, ATRIUM_BACKUPS: composed.backups });
    return composed;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#ports.http}`;
  }

  get prometheusUrl(): string {
    return `http://127.0.0.1:${this.#ports.prometheus}`;
  }

  /** Where backups are, outside of the containers. */
  get backups(): string {
    return join(this.#engine.folder, 'backups');
  }

  /** Everybody comes through the proxy. */
  get gateways(): string[] {
    return [this.url];
  }

  get file(): { env: Record<string, string> } {
    const at = (server: string) => `127.0.0.1:${this.#relay?.ports.get(server)}`;
    const given = (name: string) => this.secrets[name]!;
    return {
      env: {
        DATABASE_URL: `postgres://postgres:${given('POSTGRES_PASSWORD')}@${at('postgres')}/atrium`,
        NATS_URL: `nats://operator:${given('NATS_OPERATOR_PASSWORD')}@${at('nats')}`,
        REDIS_URL: `redis://operator:${given('REDIS_OPERATOR_PASSWORD')}@${at('redis')}`,
        S3_ENDPOINT: `http://${at('s3')}`,
        S3_ACCESS_KEY: given('S3_ACCESS_KEY'),
        S3_SECRET_KEY: given('S3_SECRET_KEY'),
      },
    };
  }

  /** @returns after how many milliseconds everything was healthy */
  async up(scale: Record<string, number> = {}): Promise<number> {
    const began = Date.now();
    const scaled = Object.entries(scale).flatMap(([service, count]) => ['--scale', `${service}=${count}`]);
    await this.#upPatiently('--no-build', ...scaled);
    await this.ready(GIVE_UP_AFTER_MS);
    const took = Date.now() - began;
    await this.#openServers();
    return took;
  }

  /** Starts everything as another version has it, as many of each as are wanted. */
  async upAs(version: string, scale: Record<string, number>): Promise<number> {
    this.#version = version;
    return this.up(scale);
  }

  /** Replaces what runs by this version, by the operator's script. @returns what it says */
  async upgrade(): Promise<string> {
    this.#version = THIS_VERSION;
    const command = ['docker-compose', ...this.#placeOf(FILES)].join(' ');
    return this.#engine.script(join(root, 'deploy/compose/upgrade.sh'), { COMPOSE: command, ATRIUM_VERSION: this.#version });
  }

  /** Starts what watches, as far as there is something to stand in for it. */
  async watch(): Promise<void> {
    await this.#compose([...FILES, WATCH_FILE], 'up', '--detach', 'prometheus');
    await this.#allHealthy(GIVE_UP_AFTER_MS);
  }

  /** Runs one of Atrium's own programs, as an operator does it. @returns what it prints */
  runTool(...command: string[]): Promise<string> {
    return this.#compose([...FILES, TOOLS_FILE], 'run', '--rm', '-T', 'tools', ...command);
  }

  /** What stores and carries, and nobody who uses it. */
  async upServersAlone(): Promise<void> {
    await this.#upPatiently(...Object.keys(SERVERS));
    await this.#allHealthy(GIVE_UP_AFTER_MS);
    await this.#openServers();
  }

  /** Everything but what is on the volumes goes. */
  async down(...options: string[]): Promise<void> {
    await this.#relay?.close();
    this.#relay = undefined;
    await this.#compose([...FILES, WATCH_FILE], 'down', '--timeout', '30', ...options);
  }

  async containers(): Promise<Container[]> {
    const ids = (await this.#engine.docker(['ps', '--all', '--quiet', '--filter', `label=com.docker.compose.project=${PROJECT}`])).split(
      '\n',
    );
    if (ids[0] === '') return [];
    return JSON.parse(await this.#engine.docker(['inspect', ...ids])) as Container[];
  }

  /** The networks that lead out of this machine. */
  async openNetworks(): Promise<Set<string>> {
    const names = (await this.#engine.docker(['network', 'ls', '--format', '{{.Name}}', '--filter', `name=${PROJECT}_`])).split('\n');
    const networks = JSON.parse(await this.#engine.docker(['network', 'inspect', ...names])) as { Name: string; Internal: boolean }[];
    return new Set(networks.filter(({ Internal }) => !Internal).map(({ Name }) => Name));
  }

  /** Resolves once every container says that it is healthy, and people are served. */
  async ready(withinMs: number): Promise<void> {
    await this.#allHealthy(withinMs);
    await waitFor(async () => (await fetch(`${this.url}/health/ready`)).ok, { withinMs, what: 'the proxy to serve' });
  }

  /**
   * As the kernel or a power cut would end it: `docker kill` would count as wanted, and nothing would start it again.
   *
   * @returns after how many milliseconds it was healthy again
   */
  async kill(container: Container): Promise<number> {
    const began = Date.now();
    process.kill(container.State.Pid, 'SIGKILL');
    await this.#healthyAgain(container);
    return Date.now() - began;
  }

  /** As an operator does it. @returns how many milliseconds it took to end, and from its start to be healthy */
  async stopAndStart(container: Container): Promise<{ stopped: number; back: number }> {
    const began = Date.now();
    await this.#engine.docker(['stop', container.Id]);
    const stoppedAt = Date.now();
    const { State } = await this.#inspect(container);
    if (State.ExitCode === KILLED) throw new Error(`${container.Name} did not end in the time that it was given`);
    await this.#engine.docker(['start', container.Id]);
    await this.#healthyAgain(container);
    return { stopped: stoppedAt - began, back: Date.now() - stoppedAt };
  }

  async #healthyAgain(container: Container): Promise<void> {
    const healthyAgain = async () => {
      const { State } = await this.#inspect(container);
      return State.StartedAt !== container.State.StartedAt && State.Health?.Status === 'healthy';
    };
    await waitFor(healthyAgain, { withinMs: GIVE_UP_AFTER_MS, what: `${container.Name} to be started again and healthy` });
  }

  async #inspect({ Id }: Container): Promise<Container> {
    const [now] = JSON.parse(await this.#engine.docker(['inspect', Id])) as [Container];
    return now;
  }

  /** Runs a program in a container. @returns what it prints */
  exec(container: Container, ...command: string[]): Promise<string> {
    return this.#engine.docker(['exec', container.Id, ...command]);
  }

  #compose(names: readonly string[], ...args: string[]): Promise<string> {
    return this.#engine.compose([...this.#placeOf(names), ...args], { ATRIUM_VERSION: this.#version });
  }

  #placeOf(names: readonly string[]): string[] {
    const files = names.flatMap((name) => ['--file', join(this.#engine.folder, name)]);
    return [...files, '--project-directory', root, '--project-name', PROJECT, '--env-file', join(this.#engine.folder, '.env')];
  }

  /** On a machine that does much else, what others wait for may seem unhealthy for a moment; whoever typed it would type it again. */
  async #upPatiently(...args: string[]): Promise<void> {
    for (const giveUpAt = Date.now() + GIVE_UP_AFTER_MS; ;) {
      try {
        await this.#compose(FILES, 'up', '--detach', ...args);
        return;
      } catch (error) {
        if (!(error as Error).message.includes('is unhealthy') || Date.now() > giveUpAt) throw error;
      }
    }
  }

  async #allHealthy(withinMs: number): Promise<void> {
    let unwell: string[] = [];
    const allHealthy = async () => {
      const containers = await this.containers();
      unwell = containers
        .filter(({ State }) => State.Health?.Status !== 'healthy')
        .map(({ Name, State }) => `${Name} ${State.Health?.Status}`);
      return containers.length > 0 && unwell.length === 0;
    };
    await waitFor(allHealthy, { withinMs, what: 'every container to be healthy' }).catch((error: Error) => {
      throw new Error(`${error.message}: ${unwell.join(', ')}`);
    });
  }

  async #openServers(): Promise<void> {
    this.#relay ??= await Relay.to(this.#engine, `${PROJECT}-relay`, SERVERS);
  }
}
