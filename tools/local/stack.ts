import { mkdir } from 'node:fs/promises';
import { buildAll } from './build-all.ts';
import { takeLock } from './lock.ts';
import { freePort, obstacleAt } from './ports.ts';
import { Refusal } from './refusal.ts';
import { loadSecrets } from './secrets.ts';
import { startServers, type Rewire } from './server-start.ts';
import { gatewayPorts, serverEnv, serviceEnv, serviceProcess, servicesOf, type Service } from './services.ts';
import type { Settings } from './settings.ts';
import { endLeftovers } from './stack-file.ts';
import { Supervisor } from './supervisor.ts';

const READY_WITHIN_MS = 90_000;

export type Report = (line: string) => void;

/** Changes what a process is told before it starts: tests put something between it and its servers. */
export type Reroute = (process: string, env: NodeJS.ProcessEnv) => Promise<NodeJS.ProcessEnv>;

/** What tests put between processes. */
export interface Between {
  reroute?: Reroute;
  rewire?: Rewire;
}

/** One Atrium on this machine: its lock, its servers, its services. */
export class Stack {
  readonly settings: Settings;
  readonly url: string;
  readonly #report: Report;
  readonly #between: Between;
  #supervisor: Supervisor | undefined;
  #releaseLock: (() => void) | undefined;
  #startService: ((service: Service) => Promise<void>) | undefined;
  #stopping = false;

  constructor(settings: Settings, report: Report, between: Between = {}) {
    this.settings = settings;
    this.url = `http://localhost:${settings.port}`;
    this.#report = report;
    this.#between = between;
  }

  /** Takes the data folder and ends what an earlier stack left running in it. */
  async #claim(): Promise<Supervisor> {
    const { paths } = this.settings;
    await mkdir(paths.logs, { recursive: true });
    this.#releaseLock = takeLock(paths.lock);
    const ended = await endLeftovers(paths.stack);
    if (ended.length > 0) this.#report(`ended what the last run left behind: ${ended.join(', ')}`);
    for (const port of gatewayPorts(this.settings)) await this.#requirePort(port);
    const supervisor = new Supervisor(paths.stack, this.#report);
    supervisor.url = this.url;
    this.#supervisor = supervisor;
    return supervisor;
  }

  async #requirePort(port: number): Promise<void> {
    const { host } = this.settings;
    const obstacle = await obstacleAt(port, host);
    // A program that listens on the other localhost would get the browser's requests instead of us.
    const elsewhere = host === '127.0.0.1' ? await obstacleAt(port, '::1') : undefined;
    if (obstacle === 'EADDRINUSE' || elsewhere === 'EADDRINUSE') {
      throw new Refusal(`Port ${port} is taken by another program: set PORT to a free one, for example PORT=${port + 1} npm start.`);
    }
    if (obstacle) throw new Refusal(`Atrium cannot listen on port ${port} of ${host} (${obstacle}): set PORT or GATEWAY_HOST.`);
  }

  /** Brings everything up and resolves when the gateway is ready. @param code the folder that the services are built in, where not this one */
  async start(code?: string): Promise<void> {
    const { settings } = this;
    const supervisor = await this.#claim();
    const secrets = loadSecrets(settings.paths.secrets);
    const { paths, durable } = settings;
    const { reroute, rewire } = this.#between;
    const context = { supervisor, paths, secrets, durable, report: this.#report, rewire };
    this.#report('building what changed, starting the servers');
    const [servers] = await Promise.all([startServers(context, settings), buildAll(settings.passedOn)]);
    supervisor.env = serverEnv(servers);
    const services = servicesOf(settings.instances);
    this.#report(`starting ${services.map((service) => service.name).join(', ')}`);
    const startService = async (service: Service) => {
      const env = serviceEnv(service, settings, servers, secrets);
      const rerouted = (await reroute?.(service.name, env)) ?? env;
      await supervisor.start(serviceProcess(service, rerouted, await freePort(), paths.logs), READY_WITHIN_MS);
    };
    this.#startService = startService;
    await Promise.all(services.map((service) => startService({ ...service, code })));
    supervisor.markReady();
  }

  /** Ends a process in order and starts it again from the code that is here. */
  async upgrade(name: string): Promise<void> {
    const service = servicesOf(this.settings.instances).find((one) => one.name === name);
    if (!service || !this.#startService) throw new Error(`no service is called ${name}, or the stack has not been started`);
    await this.#supervisor?.remove(name);
    await this.#startService(service);
  }

  /** Ends a service and runs what another folder has of it, as `<name>-previous`. @returns what puts things back */
  async replace(name: string, code: string): Promise<() => Promise<void>> {
    const service = servicesOf(1).find((one) => one.name === name);
    if (!service || !this.#startService) throw new Error(`no service is called ${name}, or the stack has not been started`);
    const previous = `${name}-previous`;
    await this.halt(name);
    await this.#startService({ ...service, name: previous, code });
    return async () => {
      await this.halt(previous);
      await this.resume(name);
    };
  }

  /** Starts every process of these apps again, after their code changed. */
  async restart(names: string[]): Promise<void> {
    await Promise.all(names.map((name) => this.#supervisor?.restart(name, READY_WITHIN_MS)));
  }

  /** Ends one process in order and leaves it so until `resume`. */
  async halt(name: string): Promise<void> {
    await this.#supervisor?.halt(name);
  }

  async resume(name: string): Promise<void> {
    await this.#supervisor?.resume(name, READY_WITHIN_MS);
  }

  get stopping(): boolean {
    return this.#stopping;
  }

  /** Ends every process and gives the data folder back. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#supervisor?.stop();
    this.#releaseLock?.();
    this.#releaseLock = undefined;
  }
}
