import { useTracer } from '@atrium/bus';
import type { BaseConfig } from './config.ts';

/** Ends tracing: sends what was traced and is not sent yet. */
export type StopTracing = () => Promise<void>;

/**
 * Traces this process where an endpoint is configured; without one, nothing of OpenTelemetry is even loaded. Before the
 * app is built, since pools of connections are instrumented when they are made.
 */
export async function startTracing(
  name: string,
  config: Pick<BaseConfig, 'OTEL_EXPORTER_OTLP_ENDPOINT' | 'OTEL_EXPORTER_OTLP_HEADERS'>,
): Promise<StopTracing> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: headers } = config;
  if (endpoint === undefined) return () => Promise.resolve();
  const { OpenTelemetryTracer } = await import('./open-telemetry.ts');
  const tracer = new OpenTelemetryTracer(name, { endpoint, headers });
  useTracer(tracer);
  return () => {
    useTracer(undefined);
    return tracer.stop();
  };
}
