import { Gauge, Histogram, type Registry } from 'prom-client';

const TAKEN = 'atrium_fact_age_seconds';
const BEHIND = 'atrium_facts_behind';

/** How far this process's copies are behind their owners, by kind of fact. Silent without a registry. */
export class FactMetrics {
  private readonly age: Histogram<'kind'> | undefined;
  private readonly behind: Gauge<'kind'> | undefined;

  constructor(
    private readonly kind: string,
    registry: Registry | undefined,
  ) {
    if (!registry) return;
    // One process may follow several kinds, and a test starts several instances.
    this.age =
      (registry.getSingleMetric(TAKEN) as Histogram<'kind'> | undefined) ??
      new Histogram({
        name: TAKEN,
        help: 'How old a fact was when this service took it in',
        labelNames: ['kind'],
        buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30, 120],
        registers: [registry],
      });
    this.behind =
      (registry.getSingleMetric(BEHIND) as Gauge<'kind'> | undefined) ??
      new Gauge({
        name: BEHIND,
        help: 'Facts that were told and not taken in here when heads were last compared',
        labelNames: ['kind'],
        registers: [registry],
      });
  }

  /** @param factId a UUID of version 7, which begins with when it was made */
  taken(factId: string): void {
    const toldAt = Number.parseInt(factId.replace('-', '').slice(0, 12), 16);
    this.age?.observe({ kind: this.kind }, Math.max(0, Date.now() - toldAt) / 1000);
  }

  compared(behind: number): void {
    this.behind?.set({ kind: this.kind }, behind);
  }
}
