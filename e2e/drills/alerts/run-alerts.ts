import { setTimeout as sleep } from 'node:timers/promises';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { readAlerts } from '../../../deploy/checks/monitoring.ts';
import { say } from '../../../tools/local/console.ts';
import type { Violation } from '../checker/violation.ts';
import { hostOf, isIn } from '../plan.ts';
import type { DrillSystem } from '../system.ts';
import { makeWorld } from '../world.ts';
import { ALERT_FAULTS } from './alert-faults.ts';
import { Prometheus } from './prometheus.ts';

const READY_WITHIN_MS = 60_000;
const QUIET_FOR_MS = 20_000;
const FIRES_WITHIN_MS = 180_000;
const QUIET_WITHIN_MS = 120_000;
const LOOK_EVERY_MS = 500;
const READ_ONCE_MS = 10_000;

export type AlertsOutcome = { name: string; violations: Violation[] };

/** Each alert is to fire at the fault that it is for, to end with it, and not to fire when nothing is broken. */
export async function runAlerts(system: DrillSystem, only?: string): Promise<AlertsOutcome> {
  const { DATABASE_URL } = system.file.env;
  const database = new pg.Pool({ connectionString: DATABASE_URL, application_name: 'atrium-drill', max: 2 });
  const folder = join(dirname(system.stack.settings.paths.stack), 'prometheus');
  const prometheus = await Prometheus.start(folder, system.file.processes, say);
  try {
    const world = await makeWorld(system.gateways);
    const watched = new Watched(system, prometheus, {
      host: world.residents[hostOf(0)]!,
      members: world.residents.filter((_, index) => isIn(index, 0)),
      roomId: world.rooms[0]!,
      database,
    });
    const violations = await watched.stayQuiet();
    const names = readAlerts().map(({ alert }) => alert);
    for (const name of only ? [only] : names) violations.push(...(await watched.provoke(name)));
    for (const one of [...world.residents, ...world.guests]) one.close();
    return { name: 'alerts', violations };
  } finally {
    await prometheus.stop();
    await database.end();
  }
}

type Fixtures = Pick<Parameters<(typeof ALERT_FAULTS)[string]>[0], 'host' | 'members' | 'roomId' | 'database'>;

class Watched {
  readonly #system: DrillSystem;
  readonly #prometheus: Prometheus;
  readonly #fixtures: Fixtures;

  constructor(system: DrillSystem, prometheus: Prometheus, fixtures: Fixtures) {
    this.#system = system;
    this.#prometheus = prometheus;
    this.#fixtures = fixtures;
  }

  /** A while in which nothing is broken. */
  async stayQuiet(): Promise<Violation[]> {
    // For its first seconds Prometheus has asked nobody, and all are absent.
    await sleep(READ_ONCE_MS);
    await this.#waitFor(QUIET_WITHIN_MS, (firing) => (firing.length === 0 ? 'quiet' : undefined));
    const fired = new Set<string>();
    for (const until = Date.now() + QUIET_FOR_MS; Date.now() < until; await sleep(LOOK_EVERY_MS))
      for (const { annotations } of await this.#prometheus.firing()) fired.add(annotations.summary);
    return [...fired].map((summary) => ({ check: 'alerts', says: `fired although nothing was broken: ${summary}` }));
  }

  async #stillFiring(name: string): Promise<Violation[]> {
    const firing = await this.#prometheus.firing();
    return firing.map(({ annotations }) => ({ check: 'alerts', says: `after ${name} was mended it still fires: ${annotations.summary}` }));
  }

  async provoke(name: string): Promise<Violation[]> {
    const strike = ALERT_FAULTS[name];
    if (!strike) return [{ check: 'alerts', says: `no fault is known for ${name}` }];
    const fault = new AbortController();
    const startedAt = Date.now();
    const heal = await strike({ ...this.#fixtures, system: this.#system, signal: fault.signal });
    const summary = await this.#waitFor(
      FIRES_WITHIN_MS,
      (firing) => firing.find(({ labels }) => labels.alertname === name)?.annotations.summary,
    );
    say(`${name}: ${summary ?? 'did not fire'}, after ${((Date.now() - startedAt) / 1000).toFixed(0)} s`);
    fault.abort();
    await heal();
    await this.#system.ready(READY_WITHIN_MS);
    const isQuiet = await this.#waitFor(QUIET_WITHIN_MS, (firing) => (firing.length === 0 ? 'quiet' : undefined));
    return [
      ...(summary === undefined ? [{ check: 'alerts', says: `${name} did not fire` }] : []),
      ...(isQuiet === undefined ? await this.#stillFiring(name) : []),
    ];
  }

  async #waitFor(
    withinMs: number,
    find: (firing: Awaited<ReturnType<Prometheus['firing']>>) => string | undefined,
  ): Promise<string | undefined> {
    for (const until = Date.now() + withinMs; Date.now() < until; await sleep(LOOK_EVERY_MS)) {
      const found = find(await this.#prometheus.firing());
      if (found !== undefined) return found;
    }
    return undefined;
  }
}
