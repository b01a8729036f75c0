import { AppError, type Call } from '@atrium/contracts';
import { headers, type MsgHdrs } from '@nats-io/transport-node';
import { v7 as uuidv7 } from 'uuid';

const HEADER = {
  actor: 'Atrium-Actor',
  role: 'Atrium-Role',
  session: 'Atrium-Session',
  request: 'Atrium-Request',
  deadline: 'Atrium-Deadline',
} as const;

/** What a caller may pass along; whatever is absent is filled in. Pass the `call` a handler was given. */
export type CallOptions = Partial<Call>;

/** Completes a call: a request id if there is none, and a deadline that never outlives the caller's own. */
export function completeCall(options: CallOptions, timeoutMs: number): Call {
  const latest = Date.now() + timeoutMs;
  return {
    ...options,
    requestId: options.requestId ?? uuidv7(),
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

export function callToHeaders(call: Call): MsgHdrs {
  const written = headers();
  if (call.actorId) written.set(HEADER.actor, call.actorId);
  if (call.actorRole) written.set(HEADER.role, call.actorRole);
  if (call.sessionId) written.set(HEADER.session, call.sessionId);
  written.set(HEADER.request, call.requestId);
  written.set(HEADER.deadline, String(call.deadlineAt));
  return written;
}

export function callFromHeaders(read: MsgHdrs | undefined): Call {
  const deadline = Number(read?.get(HEADER.deadline) || Number.NaN);
  const role = read?.get(HEADER.role);
  return {
    actorId: read?.get(HEADER.actor) || undefined,
    actorRole: role === 'admin' || role === 'user' ? role : undefined,
    sessionId: read?.get(HEADER.session) || undefined,
    requestId: read?.get(HEADER.request) || uuidv7(),
    deadlineAt: Number.isFinite(deadline) ? deadline : Date.now() + 3000,
  };
}
