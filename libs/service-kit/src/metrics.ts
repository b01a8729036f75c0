import type { Bus } from '@atrium/bus';
import { Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** The Prometheus registry of this process. Add a counter with `registers: [metrics]`. */
export const metrics = new Registry();

const handledSeconds = new Histogram({
  name: 'atrium_handled_seconds',
  help: 'Time to handle one call, event or signal',
  labelNames: ['kind', 'subject', 'outcome'],
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [metrics],
});

/** Measures the process and everything its bus handles. */
export function measure(bus: Bus, service: string): void {
  metrics.setDefaultLabels({ service });
  collectDefaultMetrics({ register: metrics });
  bus.onHandled(({ kind, subject, outcome, durationMs }) => handledSeconds.observe({ kind, subject, outcome }, durationMs / 1000));
}
