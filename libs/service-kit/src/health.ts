import { Bus } from '@atrium/bus';
import { Injectable } from '@nestjs/common';
import pTimeout from 'p-timeout';

type Check = { run: () => Promise<void>; optional: boolean };
export type HealthReport = { ready: boolean; draining: boolean; checks: Record<string, string> };

const CHECK_WITHIN_MS = 900;

/**
 * Whether this process may be given work: it is not draining, and what it cannot do without answers. Optional checks
 * are reported and do not count.
 */
@Injectable()
export class Health {
  private readonly checks = new Map<string, Check>();
  private draining = false;

  constructor(bus: Bus) {
    this.register('nats', () => (bus.isConnected() ? Promise.resolve() : Promise.reject(new Error('not connected'))));
  }

  /** Adds a check; `check` throws while the thing is away. */
  register(name: string, check: () => Promise<void>, options: { optional?: boolean } = {}): void {
    this.checks.set(name, { run: check, optional: options.optional ?? false });
  }

  startDraining(): void {
    this.draining = true;
  }

  report(): Promise<HealthReport> {
    return this.run(() => true);
  }

  /**
   * For whoever pings this process: what is optional must not make them wait until they give up.
   * @throws Error that says what is away
   */
  async requireReady(): Promise<void> {
    const { ready, draining, checks } = await this.run((check) => !check.optional);
    if (ready) return;
    if (draining) throw new Error('draining');
    throw new Error(
      Object.entries(checks)
        .filter(([, state]) => state !== 'ok')
        .map(([name, state]) => `${name}: ${state}`)
        .join(', '),
    );
  }

  private async run(wanted: (check: Check) => boolean): Promise<HealthReport> {
    const all = [...this.checks].filter(([, check]) => wanted(check));
    let ready = !this.draining;
    const results = await Promise.all(
      all.map(async ([name, check]): Promise<[string, string]> => {
        const problem = await problemOf(check.run());
        if (problem !== undefined && !check.optional) ready = false;
        return [name, problem ?? 'ok'];
      }),
    );
    return { ready, draining: this.draining, checks: Object.fromEntries(results) };
  }
}

/** The problem a check has, or undefined; one that does not answer has one. */
function problemOf(check: Promise<void>): Promise<string | undefined> {
  return pTimeout(check, { milliseconds: CHECK_WITHIN_MS, message: 'no answer in time' }).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}
