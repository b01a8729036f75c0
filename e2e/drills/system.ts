import { readFileSync } from 'node:fs';
import { waitFor } from '@atrium/testing';
import { freePortsInARow } from '../../tools/local/ports.ts';
import { markOf, signal } from '../../tools/local/processes.ts';
import { gatewayPorts } from '../../tools/local/services.ts';
import { readSettings } from '../../tools/local/settings.ts';
import { Stack, type Report, type Reroute } from '../../tools/local/stack.ts';
import { readStackFile, type StackFile, type StackProcess } from '../../tools/local/stack-file.ts';
import { Edges } from './edges.ts';
import { Sentinels } from './sentinels.ts';

/** Of every service. */
export const INSTANCES = 2;
/** By how many wires people reach each gateway: those who share one lose it together. */
const CLIENT_WIRES = 4;
/** Nobody's servers but its own are ever broken. */
const NO_GIVEN_SERVERS = { DATABASE_URL: '', NATS_URL: '', REDIS_URL: '', S3_ENDPOINT: '' };

/** The Atrium that drills break: two of every service, each behind wires that can be cut, as people are too. */
export class DrillSystem {
  readonly stack: Stack;
  readonly edges: Edges;
  /** Where people reach the gateways, one after the other in turns. */
  readonly gateways: readonly string[];
  /** Who let another Redis take over, where there are several. */
  readonly sentinels: Sentinels | undefined;

  private constructor(stack: Stack, edges: Edges, gateways: readonly string[], sentinels: Sentinels | undefined) {
    this.stack = stack;
    this.edges = edges;
    this.gateways = gateways;
    this.sentinels = sentinels;
  }

  /** Not started yet, so that whoever made it can see to its end first. */
  static async in(folder: string, report: Report, servers: { nats?: number; redis?: number } = {}): Promise<DrillSystem> {
    const { nats = 1, redis = 1 } = servers;
    const settings = readSettings({
      ...process.env,
      ...NO_GIVEN_SERVERS,
      PORT: String(await freePortsInARow(INSTANCES)),
      ATRIUM_DATA: folder,
      ATRIUM_SEED: '0',
      ATRIUM_INSTANCES: String(INSTANCES),
      ATRIUM_NATS_NODES: String(nats),
      ATRIUM_RATE_LIMITS: 'off',
    });
    const edges = new Edges(settings.paths.stack);
    const ports = Array.from({ length: CLIENT_WIRES }, () => gatewayPorts(settings)).flat();
    const wires = await Promise.all(ports.map((port) => edges.add('clients', 'gateway', port)));
    const sentinels = redis > 1 ? new Sentinels(settings, report, redis) : undefined;
    const reroute: Reroute = async (process, env) => edges.reroute(process, (await sentinels?.reroute(process, env)) ?? env);
    const stack = new Stack(settings, report, { reroute, rewire: edges.rewire });
    return new DrillSystem(
      stack,
      edges,
      wires.map(({ port }) => addressOf(port)),
      sentinels,
    );
  }

  get file(): StackFile {
    const file = readStackFile(this.stack.settings.paths.stack);
    if (!file) throw new Error('the stack is not running');
    return file;
  }

  process(name: string): StackProcess {
    const found = this.file.processes.find((one) => one.name === name);
    if (!found) throw new Error(`no process is called ${name}: there are ${this.file.processes.map((one) => one.name).join(', ')}`);
    return found;
  }

  /** Sends a signal to a process and to those it started. */
  signal(name: string, sent: NodeJS.Signals): void {
    const { pid, born } = this.process(name);
    for (const child of childrenOf(pid)) signal(child, sent);
    signal({ pid, born }, sent);
  }

  /** Resolves once every process says that it is ready and every gateway serves. */
  async ready(withinMs: number): Promise<void> {
    await waitFor(
      async () => {
        if (this.file.processes.some(({ status }) => status !== 'ready')) return false;
        const gateways = gatewayPorts(this.stack.settings).map(addressOf);
        const answers = await Promise.all(gateways.map((url) => fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) })));
        return answers.every(({ ok }) => ok);
      },
      { withinMs, what: 'every process to be ready' },
    );
  }

  async stop(): Promise<void> {
    await this.stack.stop();
    await this.sentinels?.stop();
    await this.edges.close();
  }
}

const addressOf = (port: number) => `http://127.0.0.1:${port}`;

function childrenOf(pid: number) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  return children.map((child) => markOf(Number(child))).filter((mark) => mark !== undefined);
}
