import { AppError, VOUCHING_PROCESS, type Call, type CallerRule, type Rpc } from '@atrium/contracts';
import type { MsgHdrs } from '@nats-io/transport-node';
import { callFromHeaders, callerFromHeaders, type SignedCall } from './call.ts';
import type { Statements } from './statements.ts';

/** A process that proved who it is and may make this call. */
export type Admitted = { process: string; rule: CallerRule };

/** @throws AppError `forbidden` unless the contract lists who makes the call, and they prove that it is them */
export function admitCaller(statements: Statements, rpc: Rpc, proof: string | undefined): Admitted {
  if (!proof) throw new AppError('forbidden', `${rpc.subject}: the call does not say which process makes it.`);
  const process = statements.readCaller(proof, rpc.service);
  const rule = (rpc.callers as Record<string, CallerRule | undefined>)[process];
  if (!rule) {
    throw new AppError('forbidden', `${process} may not call ${rpc.subject}: list it in the callers of ${rpc.service}.${rpc.name}.`);
  }
  return { process, rule };
}

/**
 * The call with the user it is made for, if there is one, proven.
 * @throws AppError `unauthenticated` where there must be a user and none is proven
 */
export function admitActor(statements: Statements, { process, rule }: Admitted, call: SignedCall): Call {
  const { actorProof, ...rest } = asTold(call);
  if (!actorProof) {
    if (rule !== 'for-itself') throw new AppError('unauthenticated');
    return rest;
  }
  const { vouchedBy, ...actor } = statements.readActor(actorProof);
  if (vouchedBy === VOUCHING_PROCESS) return { ...actor, actorProof, ...rest };
  if (rule !== 'naming-user' || vouchedBy !== process) {
    throw new AppError('unauthenticated', `${vouchedBy} may not say for whom ${process} calls.`);
  }
  // Its word is for us alone: what we call for that user, we call in our own name, where we may.
  return { actorId: actor.actorId, actorRole: 'user', ...rest };
}

/** Without what only the bus reads of it. */
const asTold = ({ actorProof, requestId, deadlineAt, languages }: SignedCall) => ({
  actorProof,
  requestId,
  deadlineAt,
  ...(languages !== undefined && { languages }),
});

/** Both at once, of a message that came to a service. @param call what the message carries, if it carries several */
export function admitCall(statements: Statements, rpc: Rpc, headers: MsgHdrs | undefined, call = callFromHeaders(headers)): Call {
  return admitActor(statements, admitCaller(statements, rpc, callerFromHeaders(headers)), call);
}
