import { because, beginTrace } from '@atrium/bus';
import type { Config } from '../config.ts';

/** How many of what clients send begin a trace, between 0 and 1. */
export type TraceShares = Pick<Config, 'GATEWAY_TRACED_SHARE' | 'GATEWAY_TRACED_SENDS_SHARE'>;

/**
 * Has a frame begin a trace, or go on with that of who sends it. Messages are so many that few of them are traced.
 * Called only by a process that traces.
 */
export async function traceFrame<T>(
  { event, traceparent }: { event: string; traceparent?: string },
  shares: TraceShares,
  run: () => Promise<T>,
): Promise<T> {
  const share = event === 'message.send' ? shares.GATEWAY_TRACED_SENDS_SHARE : shares.GATEWAY_TRACED_SHARE;
  const span = beginTrace({ name: `frame ${event}`, kind: 'server' }, { traceparent, share });
  if (!span) return run();
  try {
    const answer = await because({ traceparent: span.traceparent }, run);
    span.end();
    return answer;
  } catch (error) {
    span.end({ error });
    throw error;
  }
}
