import { AppError, type Call } from '@atrium/contracts';
import { headers, type MsgHdrs } from '@nats-io/transport-node';
import { v7 as uuidv7 } from 'uuid';
import { currentCause, isTraced, type Cause } from './cause.ts';
import type { Statements } from './statements.ts';

const HEADER = {
  caller: 'Atrium-Caller',
  actor: 'Atrium-Actor',
  request: 'Atrium-Request',
  deadline: 'Atrium-Deadline',
  languages: 'Atrium-Languages',
  trace: 'traceparent',
} as const;

/** What a caller may pass along; whatever is absent is filled in. Pass the `call` a handler was given. */
export type CallOptions = Partial<Call>;
/** A call as it travels: whom it is for is a statement that proves it. */
export type SignedCall = Pick<Call, 'actorProof' | 'requestId' | 'deadlineAt' | 'languages'> & Pick<Cause, 'traceparent'>;

/** Completes a call: the id of the request that brought it about, or a new one, and a deadline that never outlives the caller's own. */
export function completeCall(options: CallOptions, timeoutMs: number): Call {
  const latest = Date.now() + timeoutMs;
  return {
    ...options,
    requestId: options.requestId ?? currentCause()?.requestId ?? uuidv7(),
    deadlineAt: Math.min(options.deadlineAt ?? latest, latest),
  };
}

/** A call a service makes on its own behalf: no actor. */
export function systemCall(timeoutMs = 3000): Call {
  return completeCall({}, timeoutMs);
}

/** The user the call acts for. Throws `unauthenticated` when there is none. */
export function requireActor(call: Call): string {
  if (!call.actorId) throw new AppError('unauthenticated');
  return call.actorId;
}

/**
 * The admin the call acts for, as the gateway's statement says.
 * @throws AppError `not_found` for everybody else, as if nothing were there
 */
export function requireAdmin(call: Call): string {
  if (!call.actorId || call.actorRole !== 'admin') throw new AppError('not_found');
  return call.actorId;
}

/** A call as it travels: with the proof it came with, or else with our own word for whom it is made. */
export function signCall(statements: Statements, call: Call): SignedCall {
  const { actorId, actorRole, sessionId, requestId, deadlineAt, languages } = call;
  const actorProof = call.actorProof ?? (actorId ? statements.ofActor({ actorId, actorRole, sessionId }) : undefined);
  // Nearly no call is traced, and one that is not carries nothing of it.
  if (!isTraced()) return { actorProof, requestId, deadlineAt, languages };
  return { actorProof, requestId, deadlineAt, languages, traceparent: currentCause()!.traceparent };
}

/** The headers of a message to a service: which process sends it, and of a single call the rest. */
export function callToHeaders(caller: string, call?: SignedCall): MsgHdrs {
  const written = headers();
  written.set(HEADER.caller, caller);
  if (!call) return written;
  if (call.actorProof) written.set(HEADER.actor, call.actorProof);
  written.set(HEADER.request, call.requestId);
  written.set(HEADER.deadline, String(call.deadlineAt));
  if (call.languages) written.set(HEADER.languages, call.languages);
  if (call.traceparent) written.set(HEADER.trace, call.traceparent);
  return written;
}

export function callerFromHeaders(read: MsgHdrs | undefined): string | undefined {
  return read?.get(HEADER.caller) || undefined;
}

export function callFromHeaders(read: MsgHdrs | undefined): SignedCall {
  const deadline = Number(read?.get(HEADER.deadline) || Number.NaN);
  return {
    actorProof: read?.get(HEADER.actor) || undefined,
    requestId: read?.get(HEADER.request) || uuidv7(),
    deadlineAt: Number.isFinite(deadline) ? deadline : Date.now() + 3000,
    languages: read?.get(HEADER.languages) || undefined,
    traceparent: read?.get(HEADER.trace) || undefined,
  };
}
