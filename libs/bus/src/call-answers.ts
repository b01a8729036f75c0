import { AppError, type Call, type Rpc, type WireError } from '@atrium/contracts';
import type { Logger } from '@nestjs/common';
import type { Msg } from '@nats-io/transport-node';
import { admitActor, admitCaller, type Admitted } from './admission.ts';
import type { BatchedItem } from './batched-calls.ts';
import type { Bus } from './bus.ts';
import { callFromHeaders, callerFromHeaders, type SignedCall } from './call.ts';
import type { Cause } from './cause.ts';
import type { Handling } from './handling.ts';
import { respondLong } from './long-replies.ts';
import { parseInput, type RpcReply } from './rpc-reply.ts';

type Logs = Pick<Logger, 'warn' | 'error'>;
type Run = (data: unknown, context: unknown) => Promise<unknown>;

/** Answers calls that came over NATS: who may make them, until when somebody waits, and errors as the contracts have them. */
export class CallAnswers {
  constructor(
    private readonly bus: Bus,
    private readonly handling: Handling,
    private readonly logger: Logs,
  ) {}

  async answer(rpc: Rpc, run: Run, message: Msg): Promise<void> {
    const { bus, handling } = this;
    const signed = callFromHeaders(message.headers);
    // Nobody waits any more: work done now would only add to what made it late. Told all the same, since clocks differ.
    if (signed.deadlineAt <= Date.now()) return void message.respond(JSON.stringify(overdue()));
    const admitted = this.admit(rpc, message);
    if ('error' in admitted) return void message.respond(JSON.stringify(admitted));
    const reply = await this.reply(() =>
      handling.handle({ kind: 'rpc', subject: rpc.subject }, causeOf(signed), () => {
        const call = admitActor(bus.statements, admitted, signed);
        return run(parseInput(rpc, message.json()), call);
      }),
    );
    respondLong(bus.connection, message, JSON.stringify(reply), { from: rpc.service, to: admitted.process });
  }

  async answerBatch(rpc: Rpc, run: Run, message: Msg): Promise<void> {
    const { bus, handling } = this;
    const admitted = this.admit(rpc, message);
    if ('error' in admitted) return void message.respond(JSON.stringify(admitted));
    const received = message.json<BatchedItem[]>();
    const replies = new Array<RpcReply>(received.length);
    const items: { input: unknown; call: Call }[] = [];
    const positions: number[] = [];
    received.forEach(({ input, call }, index) => {
      if (call.deadlineAt <= Date.now()) return void (replies[index] = overdue());
      try {
        items.push({ input: parseInput(rpc, input), call: admitActor(bus.statements, admitted, call) });
        positions.push(index);
      } catch (error) {
        replies[index] = { error: AppError.from(error).toWire() };
      }
    });
    const whole = await this.reply(() =>
      handling.handleBatch({ kind: 'rpc', subject: rpc.subject, size: items.length }, received, () => run(items, undefined)),
    );
    positions.forEach((position, index) => {
      if ('error' in whole) return void (replies[position] = whole);
      const result = (whole.ok as unknown[])[index];
      replies[position] = result instanceof AppError ? { error: result.toWire() } : { ok: result };
    });
    respondLong(bus.connection, message, JSON.stringify(replies), { from: rpc.service, to: admitted.process });
  }

  /** Who makes the call, or the refusal of somebody who may not: a mistake in a contract, or an intruder, so it is logged. */
  private admit(rpc: Rpc, message: Msg): Admitted | { error: WireError } {
    try {
      return admitCaller(this.bus.statements, rpc, callerFromHeaders(message.headers));
    } catch (error) {
      const refusal = AppError.from(error);
      this.logger.warn(refusal.detail);
      return { error: refusal.toWire() };
    }
  }

  private async reply(run: () => Promise<unknown>): Promise<RpcReply> {
    try {
      return { ok: await run() };
    } catch (error) {
      const known = AppError.from(error);
      if (known.code === 'internal') this.logger.error(error instanceof Error ? (error.stack ?? error.message) : error);
      return { error: known.toWire() };
    }
  }
}

function causeOf({ requestId, traceparent }: SignedCall): Cause {
  return { requestId, ...(traceparent !== undefined && { traceparent }) };
}

function overdue(): RpcReply {
  return { error: new AppError('deadline_exceeded', undefined, { retryAfterSeconds: 1 }).toWire() };
}
