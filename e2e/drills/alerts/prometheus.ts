import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { waitFor } from '@atrium/testing';
import { parse, stringify } from 'yaml';
import { fetchFromApt } from '../../../tools/local/servers/apt.ts';
import { findOnPath } from '../../../tools/local/servers/find-server.ts';
import { root } from '../../../tools/local/paths.ts';
import { freePort } from '../../../tools/local/ports.ts';
import { Refusal } from '../../../tools/local/refusal.ts';
import type { StackProcess } from '../../../tools/local/stack-file.ts';

/** What takes minutes for whoever is on call takes seconds in a drill. */
const TIMES_FASTER = 60;
/** A rate needs several readings. */
const SHORTEST_RANGE_S = 10;
const READY_WITHIN_MS = 30_000;
const UNITS: Record<string, number> = { s: 1, m: 60 };

interface Configuration {
  global: object;
  scrape_configs: { job_name: string; dns_sd_configs?: unknown; relabel_configs?: unknown; honor_labels?: boolean }[];
}
type Rules = { groups: { rules: { alert: string; expr: string; for?: string }[] }[] };
type Firing = { labels: { alertname: string; service?: string }; annotations: { summary: string }; state: 'pending' | 'firing' };

const read = (file: string): unknown => parse(readFileSync(join(root, 'deploy/monitoring', file), 'utf8'));

/** A Prometheus with the product's own rules, only quicker, that asks the processes of a stack as it would ask containers. */
export class Prometheus {
  readonly #process: ChildProcess;
  readonly #url: string;

  private constructor(child: ChildProcess, url: string) {
    this.#process = child;
    this.#url = url;
    // A drill that is broken off leaves nothing behind.
    process.once('exit', () => child.kill('SIGKILL'));
  }

  static async start(folder: string, processes: readonly StackProcess[], report: (line: string) => void): Promise<Prometheus> {
    const program = findOnPath('prometheus') ?? (await fetchFromApt('prometheus', report));
    if (!program) throw new Refusal('There is no prometheus on this machine and no way to get one: install it.');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'alerts.yml'), stringify(quickRules()));
    await writeFile(join(folder, 'prometheus.yml'), stringify(configurationFor(processes)));
    const port = await freePort();
    const args = [`--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`, `--web.listen-address=127.0.0.1:${port}`];
    const prometheus = new Prometheus(spawn(program, args, { stdio: 'ignore' }), `http://127.0.0.1:${port}`);
    await waitFor(() => prometheus.#isReady(), { withinMs: READY_WITHIN_MS, what: 'Prometheus to be ready' });
    return prometheus;
  }

  /** The alerts that fire now. */
  async firing(): Promise<Firing[]> {
    const reply = await fetch(`${this.#url}/api/v1/alerts`);
    const { data } = (await reply.json()) as { data: { alerts: Firing[] } };
    return data.alerts.filter(({ state }) => state === 'firing');
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGTERM');
    await ended;
  }

  #isReady(): Promise<boolean> {
    return fetch(`${this.#url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  }
}

function quickRules(): Rules {
  const quick = (seconds: number, least: number) => `${Math.max(least, Math.round(seconds / TIMES_FASTER))}s`;
  const secondsOf = (text: string) => Number.parseInt(text, 10) * UNITS[text.at(-1)!]!;
  const { groups } = read('alerts.yml') as Rules;
  for (const rule of groups.flatMap(({ rules }) => rules)) {
    if (rule.for) rule.for = quick(secondsOf(rule.for), 2);
    rule.expr = rule.expr.replaceAll(/\[(\d+[sm])\]/g, (_range, text: string) => `[${quick(secondsOf(text), SHORTEST_RANGE_S)}]`);
  }
  return { groups };
}

/** Instances are asked under the names that compose's DNS would give them. */
function configurationFor(processes: readonly StackProcess[]): Configuration {
  const configuration = read('prometheus.yml') as Configuration;
  const services = processes.filter(({ kind, healthPort }) => kind === 'service' && healthPort);
  return {
    ...configuration,
    global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
    scrape_configs: configuration.scrape_configs.map(({ dns_sd_configs: _inContainers, ...job }) => ({
      ...job,
      static_configs: services.map(({ name, healthPort }) => ({
        targets: [`127.0.0.1:${healthPort}`],
        labels: { __meta_dns_name: name.replace(/-\d+$/, '') },
      })),
    })),
  };
}
