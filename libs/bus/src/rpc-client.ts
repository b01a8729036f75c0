import { AppError, type InputOf, type OutputOf, type Rpc } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { errors, type Msg, type MsgHdrs } from '@nats-io/transport-node';
import { BatchedCalls } from './batched-calls.ts';
import { Bus } from './bus.ts';
import { callToHeaders, completeCall, type CallOptions } from './call.ts';
import { readLong } from './long-replies.ts';
import { readReply, type RpcReply } from './rpc-reply.ts';

const MAX_IN_FLIGHT_PER_SERVICE = 256;
/** Nobody took the request, so nothing happened: safe to repeat whatever the call does. */
const NO_RESPONDER_DELAYS_MS = [50, 150];

/** Calls what other services answer. Errors arrive as `AppError`, whatever went wrong. */
@Injectable()
export class RpcClient {
  private readonly inFlight = new Map<string, number>();
  private readonly batches = new Map<string, BatchedCalls>();

  constructor(private readonly bus: Bus) {}

  /**
   * @param call the call the handler was given, so that actor, request id and deadline travel on
   * @throws AppError the refusal of the service; `service_unavailable` when none answers; `deadline_exceeded`
   */
  async call<R extends Rpc>(rpc: R, input: InputOf<R>, call: CallOptions = {}): Promise<OutputOf<R>> {
    const complete = completeCall(call, rpc.timeoutMs);
    if (rpc.batched) return (await this.batchOf(rpc).add(input, complete)) as OutputOf<R>;
    return (await this.limited(rpc, async () => {
      const remainingMs = complete.deadlineAt - Date.now();
      const reply = await this.ask(rpc.subject, JSON.stringify(input), remainingMs, callToHeaders(complete));
      return readReply(JSON.parse(reply) as RpcReply);
    })) as OutputOf<R>;
  }

  private batchOf(rpc: Rpc): BatchedCalls {
    let batch = this.batches.get(rpc.subject);
    if (!batch) {
      batch = new BatchedCalls((payload, timeoutMs) => this.ask(rpc.subject, payload, timeoutMs));
      this.batches.set(rpc.subject, batch);
    }
    return batch;
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

  private async ask(subject: string, payload: string, timeoutMs: number, headers?: MsgHdrs): Promise<string> {
    const deadlineAt = Date.now() + timeoutMs;
    const reply = await this.request(subject, payload, timeoutMs, headers);
    // Apart from the request: it has been carried out, so a failure here must not repeat it.
    return readLong(this.bus.connection, reply, deadlineAt).catch((error: unknown) => Promise.reject(asAppError(error)));
  }

  private async request(subject: string, payload: string, timeoutMs: number, headers?: MsgHdrs): Promise<Msg> {
    for (let attempt = 0; ; attempt++) {
      try {
        if (timeoutMs <= 0) throw new AppError('deadline_exceeded');
        return await this.bus.connection.request(subject, payload, { timeout: timeoutMs, headers });
      } catch (error) {
        const delayMs = NO_RESPONDER_DELAYS_MS[attempt];
        if (!isNoResponders(error) || delayMs === undefined) throw asAppError(error);
        await new Promise((resolve) => setTimeout(resolve, delayMs));
      }
    }
  }
}

function isNoResponders(error: unknown): boolean {
  return error instanceof errors.RequestError ? error.isNoResponders() : error instanceof errors.NoRespondersError;
}

function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof errors.TimeoutError) return new AppError('deadline_exceeded', undefined, { retryAfterSeconds: 1 }, { cause: error });
  return new AppError('service_unavailable', undefined, { retryAfterSeconds: 2 }, { cause: error });
}
