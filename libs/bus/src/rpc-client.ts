import { AppError, type InputOf, type OutputOf, type Rpc } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { errors, type MsgHdrs } from '@nats-io/transport-node';
import { Asker } from './asker.ts';
import { BatchedCalls } from './batched-calls.ts';
import { Bus } from './bus.ts';
import { callToHeaders, completeCall, signCall, type CallOptions } from './call.ts';
import { inSpan, isTraced } from './cause.ts';
import type { Instance } from './instances.ts';
import { readLong } from './long-replies.ts';
import { readReply, type RpcReply } from './rpc-reply.ts';

/** The batches of one call: of each instance that has keys, and of whatever may go to any. */
type BatchesOf = { common: BatchedCalls; own: WeakMap<Instance, BatchedCalls> };

type Question = { payload: string; timeoutMs: number; headers: MsgHdrs };

const MAX_IN_FLIGHT_PER_SERVICE = 256;

/** Calls what other services answer. Errors arrive as `AppError`, whatever went wrong. */
@Injectable()
export class RpcClient {
  private readonly inFlight = new Map<string, number>();
  private readonly batches = new Map<string, BatchesOf>();

  private readonly asker: Asker;

  constructor(private readonly bus: Bus) {
    this.asker = new Asker(bus);
  }

  /**
   * @param call the call the handler was given, so that actor, request id and deadline travel on
   * @throws AppError the refusal of the service; `service_unavailable` when none answers; `deadline_exceeded`
   */
  call<R extends Rpc>(rpc: R, input: InputOf<R>, call: CallOptions = {}): Promise<OutputOf<R>> {
    return isTraced() ? inSpan({ name: rpc.subject, kind: 'client' }, () => this.make(rpc, input, call)) : this.make(rpc, input, call);
  }

  private async make<R extends Rpc>(rpc: R, input: InputOf<R>, call: CallOptions): Promise<OutputOf<R>> {
    const { statements } = this.bus;
    const signed = signCall(statements, completeCall(call, rpc.timeoutMs));
    if (rpc.batched) return (await this.batchOf(rpc, input).add(input, signed)) as OutputOf<R>;
    return (await this.limited(rpc, async () => {
      const remainingMs = signed.deadlineAt - Date.now();
      const headers = callToHeaders(statements.ofCaller(rpc.service), signed);
      const reply = await this.ask(rpc, { payload: JSON.stringify(input), timeoutMs: remainingMs, headers });
      return readReply(JSON.parse(reply) as RpcReply);
    })) as OutputOf<R>;
  }

  /** Calls that wait for one lock go to one instance, in a batch of its own. */
  private batchOf(rpc: Rpc, input: unknown): BatchedCalls {
    let batches = this.batches.get(rpc.subject);
    if (!batches) this.batches.set(rpc.subject, (batches = { common: this.startBatch(rpc), own: new WeakMap() }));
    const key = rpc.together === undefined ? undefined : (input as Record<string, unknown>)[rpc.together];
    const owner = typeof key === 'string' ? this.asker.instances.ownerOf(rpc.service, key) : undefined;
    if (!owner) return batches.common;
    let batch = batches.own.get(owner);
    if (!batch) batches.own.set(owner, (batch = this.startBatch(rpc, owner)));
    return batch;
  }

  private startBatch(rpc: Rpc, owner?: Instance): BatchedCalls {
    const headers = () => callToHeaders(this.bus.statements.ofCaller(rpc.service));
    return new BatchedCalls((payload, timeoutMs) => this.ask(rpc, { payload, timeoutMs, headers: headers() }, owner));
  }

  private async limited<T>(rpc: Rpc, run: () => Promise<T>): Promise<T> {
    const current = this.inFlight.get(rpc.service) ?? 0;
    if (current >= MAX_IN_FLIGHT_PER_SERVICE) throw new AppError('service_unavailable', undefined, { retryAfterSeconds: 1 });
    this.inFlight.set(rpc.service, current + 1);
    try {
      return await run();
    } finally {
      this.inFlight.set(rpc.service, (this.inFlight.get(rpc.service) ?? 1) - 1);
    }
  }

  private async ask(rpc: Rpc, { payload, timeoutMs, headers }: Question, preferred?: Instance): Promise<string> {
    const deadlineAt = Date.now() + timeoutMs;
    const asked = this.asker.ask(rpc, { payload, deadlineAt, headers }, preferred);
    const reply = await asked.catch((error: unknown) => Promise.reject(asAppError(error)));
    // Apart from the request: it has been carried out, so a failure here must not repeat it.
    return readLong(this.bus.connection, reply, deadlineAt).catch((error: unknown) => Promise.reject(asAppError(error)));
  }
}

function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof errors.TimeoutError) return new AppError('deadline_exceeded', undefined, { retryAfterSeconds: 1 }, { cause: error });
  return new AppError('service_unavailable', undefined, { retryAfterSeconds: 2 }, { cause: error });
}
