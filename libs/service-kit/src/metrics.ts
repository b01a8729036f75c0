import type { Handling, Streams } from '@atrium/bus';
import { Logger } from '@nestjs/common';
import { Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** The Prometheus registry of this process. Add a counter with `registers: [metrics]`. */
export const metrics = new Registry();
const logger = new Logger('metrics');

/** What a gauge shows: one figure, or one for each value of its label. */
export type Reading = number | ReadonlyMap<string, number>;

/**
 * Adds a gauge that is read when somebody asks for the metrics. A reading that fails is logged and leaves the figure of
 * the one before, so that the others are told all the same. One process has one registry, however many instances a test
 * starts in it: the last one's reading counts.
 * @param label its only label, where `read` resolves to a map of figures by the label's values
 */
export function readGauge(about: { name: string; help: string; label?: string }, read: () => Reading | Promise<Reading>): void {
  metrics.removeSingleMetric(about.name);
  new Gauge({
    name: about.name,
    help: about.help,
    labelNames: about.label === undefined ? [] : [about.label],
    registers: [metrics],
    async collect() {
      try {
        const reading = await read();
        if (typeof reading === 'number') return this.set(reading);
        this.reset();
        for (const [value, figure] of reading) this.set({ [about.label!]: value }, figure);
      } catch (error) {
        logger.warn({ err: error }, `${about.name} is as it was read last`);
      }
    },
  });
}

const handledSeconds = new Histogram({
  name: 'atrium_handled_seconds',
  help: 'Time to handle one call, event or signal',
  labelNames: ['kind', 'subject', 'outcome'],
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [metrics],
});

/** Measures the process and everything its bus handles. */
export function measure(service: string, { streams, handling }: { streams: Streams; handling: Handling }): void {
  metrics.setDefaultLabels({ service });
  collectDefaultMetrics({ register: metrics });
  const waiting = { name: 'atrium_consumer_pending', help: 'Events that a durable consumer has not been given yet', label: 'consumer' };
  readGauge(waiting, () => streams.pending());
  handling.onHandled(({ kind, subject, outcome, durationMs }) => handledSeconds.observe({ kind, subject, outcome }, durationMs / 1000));
}
