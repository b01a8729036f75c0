import type { EventContract } from '@atrium/contracts';
import { headers, type MsgHdrs } from '@nats-io/transport-node';
import type { Cause } from './cause.ts';

/** What travels beside an event, by header. An outbox row keeps it with the event. */
export type EventHeaders = Record<string, string>;

const HEADER = { key: 'Atrium-Key', request: 'Atrium-Request', trace: 'traceparent' } as const;

/** Of an event that is about to be stored: what orders it, as its contract declares, and what brought it about. */
export function eventHeaders(event: EventContract, payload: object, cause: Cause | undefined): EventHeaders {
  const key = event.key === undefined ? undefined : (payload as Record<string, unknown>)[event.key];
  return { ...(typeof key === 'string' && { [HEADER.key]: key }), ...causeHeaders(cause) };
}

/** Of what has no key, or keeps its order otherwise. */
export function causeHeaders(cause: Cause | undefined): EventHeaders {
  return {
    ...(cause?.requestId !== undefined && { [HEADER.request]: cause.requestId }),
    ...(cause?.traceparent !== undefined && { [HEADER.trace]: cause.traceparent }),
  };
}

export function writeHeaders(given: EventHeaders): MsgHdrs {
  const written = headers();
  for (const [name, value] of Object.entries(given)) written.set(name, value);
  return written;
}

/** Events with the same key are handled one after another; undefined, where there is no order to keep. */
export function keyFromHeaders(read: MsgHdrs | undefined): string | undefined {
  return read?.get(HEADER.key) || undefined;
}

/** Undefined where nothing is said of it. */
export function causeFromHeaders(read: MsgHdrs | undefined): Cause | undefined {
  const requestId = read?.get(HEADER.request) || undefined;
  const traceparent = read?.get(HEADER.trace) || undefined;
  if (requestId === undefined && traceparent === undefined) return undefined;
  return { ...(requestId !== undefined && { requestId }), ...(traceparent !== undefined && { traceparent }) };
}
