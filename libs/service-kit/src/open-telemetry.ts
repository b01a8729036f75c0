import type { OpenSpan, SpanDescription, Tracer } from '@atrium/bus';
import { VERSION } from '@atrium/contracts';
import { Logger } from '@nestjs/common';
import {
  DiagLogLevel,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  diag,
  trace,
  type Span,
  type SpanContext,
} from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AlwaysOnSampler, BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { randomUUID } from 'node:crypto';

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, consumer: SpanKind.CONSUMER, internal: SpanKind.INTERNAL };
const SENT_EVERY_MS = 1000;
const SENT_WITHIN_MS = 3000;

/** Spans by OpenTelemetry. What is traced at all has been decided when a trace began. */
export class OpenTelemetryTracer implements Tracer {
  private readonly provider: TracerProvider;
  private readonly tracer;

  /** @param name of the process, as traces show it */
  constructor(name: string, { endpoint, headers }: { endpoint: string; headers: string | undefined }) {
    const logger = new Logger('tracing');
    const warn = (message: string) => logger.warn(message);
    diag.setLogger({ error: warn, warn, info: () => undefined, debug: () => undefined, verbose: () => undefined }, DiagLogLevel.WARN);
    const exporter = new OTLPTraceExporter({
      url: `${endpoint.replace(/\/+$/, '')}/v1/traces`,
      headers: readHeaders(headers),
      timeoutMillis: SENT_WITHIN_MS,
    });
    this.provider = new TracerProvider({
      resource: resourceFromAttributes({
        'service.namespace': 'atrium',
        'service.name': name,
        'service.version': VERSION,
        'service.instance.id': randomUUID(),
      }),
      sampler: new AlwaysOnSampler(),
      spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: SENT_EVERY_MS, exportTimeoutMillis: SENT_WITHIN_MS })],
    });
    this.tracer = this.provider.getTracer('atrium', VERSION);
  }

  begin({ name, kind, attributes, links = [] }: SpanDescription, parent?: string): OpenSpan {
    const context = contextOf(parent);
    const span = this.tracer.startSpan(
      name,
      {
        kind: KINDS[kind],
        attributes: attributes ?? {},
        links: links.flatMap((link) => readContext(link) ?? []).map((other) => ({ context: other })),
      },
      context ? trace.setSpanContext(ROOT_CONTEXT, context) : ROOT_CONTEXT,
    );
    return { traceparent: writeContext(span.spanContext()), end: (outcome = {}) => end(span, outcome) };
  }

  isSampled(traceparent: string): boolean {
    return ((readContext(traceparent)?.traceFlags ?? TraceFlags.NONE) & TraceFlags.SAMPLED) !== 0;
  }

  /** Sends what waits, as far as it is taken in time. */
  async stop(): Promise<void> {
    await this.provider.shutdown();
  }
}

function end(span: Span, { error, attributes }: NonNullable<Parameters<OpenSpan['end']>[0]>): void {
  if (attributes) span.setAttributes(attributes);
  // What went wrong by its kind: a sentence may quote what somebody wrote.
  if (error !== undefined) {
    const { code, name } = error as { code?: unknown; name?: string };
    span.setAttribute('error.type', typeof code === 'string' ? code : (name ?? 'Error'));
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}

const readContext = (traceparent: string): SpanContext | undefined => parseTraceParent(traceparent) ?? undefined;

const contextOf = (parent: string | undefined): SpanContext | undefined => {
  const context = parent === undefined ? undefined : readContext(parent);
  return context && { ...context, isRemote: true };
};

const writeContext = ({ traceId, spanId }: SpanContext): string => `00-${traceId}-${spanId}-01`;

function readHeaders(given: string | undefined): Record<string, string> {
  const pairs = given?.split(',').map((pair) => pair.split('=', 2) as [string, string]) ?? [];
  return Object.fromEntries(pairs.map(([name, value]) => [name.trim(), decodeURIComponent(value.trim())]));
}
