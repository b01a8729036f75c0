import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * What brought the work under way about. It travels with every call, event and job, so that what all processes log and
 * trace of one request can be put together.
 */
export type Cause = {
  /** Of the request that began it. */
  requestId?: string;
  /** The span it belongs to, as W3C Trace Context writes it; absent where nothing is traced. */
  traceparent?: string;
};

export type SpanDescription = {
  name: string;
  kind: 'server' | 'client' | 'consumer' | 'internal';
  attributes?: Record<string, string | number>;
  /** Other spans that brought it about as well. */
  links?: string[];
};

/** A span that has begun. */
export interface OpenSpan {
  readonly traceparent: string;
  end(outcome?: { error?: unknown; attributes?: Record<string, string | number> }): void;
}

/** What writes spans; there is none while tracing is off. */
export interface Tracer {
  /** @param parent undefined begins a trace */
  begin(about: SpanDescription, parent?: string): OpenSpan;
  /** Whether who wrote it has the trace recorded. */
  isSampled(traceparent: string): boolean;
}

const causes = new AsyncLocalStorage<Cause>();
let tracer: Tracer | undefined;

/** Turns tracing on, once, before a process is built; undefined turns it off. */
export function useTracer(used: Tracer | undefined): void {
  tracer = used;
}

/** Whether this process traces anything. */
export function isTracing(): boolean {
  return tracer !== undefined;
}

/** Whether the work under way is traced. */
export function isTraced(): boolean {
  return tracer !== undefined && causes.getStore()?.traceparent !== undefined;
}

/** What brought the work under way about, as far as it is known. */
export function currentCause(): Cause | undefined {
  return causes.getStore();
}

/** What belongs on each line that is logged meanwhile. */
export function causeOfLine(): { requestId?: string; traceId?: string } {
  const { requestId, traceparent } = causes.getStore() ?? {};
  return { ...(requestId !== undefined && { requestId }), ...(traceparent !== undefined && { traceId: traceIdOf(traceparent) }) };
}

/** The id of the trace that a span is of. */
export function traceIdOf(traceparent: string): string {
  return traceparent.split('-')[1] ?? '';
}

/** Runs work that a cause brought about. */
export function because<T>(cause: Cause, run: () => T): T {
  return causes.run(cause, run);
}

/** Runs work as a span of its own, where what it is part of is traced. */
export async function inSpan<T>(about: SpanDescription, run: () => Promise<T>): Promise<T> {
  const cause = causes.getStore();
  if (!tracer || cause?.traceparent === undefined) return run();
  const span = tracer.begin(about, cause.traceparent);
  try {
    const result = await causes.run({ ...cause, traceparent: span.traceparent }, run);
    span.end();
    return result;
  } catch (error) {
    span.end({ error });
    throw error;
  }
}

/** Runs what several brought about together: a span of the first trace among them, linked with the others. */
export function inSpanOfAll<T>(all: readonly Cause[], about: SpanDescription, run: () => Promise<T>): Promise<T> {
  const [first, ...others] = all.filter(({ traceparent }) => traceparent !== undefined);
  if (!first) return because({}, run);
  const { requestId, traceparent } = first;
  const cause = { ...(requestId !== undefined && { requestId }), ...(traceparent !== undefined && { traceparent }) };
  return because(cause, () => inSpan({ ...about, links: others.map((other) => other.traceparent!) }, run));
}

/**
 * Begins the trace of what came from outside, if it is to be traced: a share of all, and whatever its sender has traced.
 * @param given.share between 0 and 1
 */
export function beginTrace(about: SpanDescription, given: { traceparent: string | undefined; share: number }): OpenSpan | undefined {
  if (!tracer) return undefined;
  const isWanted = given.traceparent !== undefined && tracer.isSampled(given.traceparent);
  return isWanted || Math.random() < given.share ? tracer.begin(about, given.traceparent) : undefined;
}
