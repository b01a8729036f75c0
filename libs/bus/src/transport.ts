import {
  AppError,
  COMMITS_SUBJECT,
  DEAD_LETTER_SUBJECTS,
  RPCS,
  durableName,
  instanceSubject,
  redeliveryTo,
  type Call,
  type Rpc,
  type ServiceName,
  type WireError,
} from '@atrium/contracts';
import type { INestApplicationContext } from '@nestjs/common';
import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import type { Msg, Subscription } from '@nats-io/transport-node';
import { lastValueFrom } from 'rxjs';
import { z } from 'zod';
import { admitActor, admitCaller, type Admitted } from './admission.ts';
import { Announcer } from './announcer.ts';
import type { BatchedItem } from './batched-calls.ts';
import { Bus } from './bus.ts';
import { callFromHeaders, callerFromHeaders, requireAdmin, type SignedCall } from './call.ts';
import type { Cause } from './cause.ts';
import { PlainFilters, commitReader } from './commit-reader.ts';
import type { HandlerPlan } from './decorators.ts';
import { readDeadLetter } from './dead-letter.ts';
import { DurableConsumer, type Delivery } from './durable-consumer.ts';
import { causeFromHeaders } from './event-headers.ts';
import { Handling } from './handling.ts';
import { respondLong } from './long-replies.ts';
import { answerReadiness, type Readiness } from './readiness.ts';
import { parseInput, type RpcReply } from './rpc-reply.ts';
import { Streams, type StreamName } from './streams.ts';

type Parts = { bus: Bus; streams: Streams; handling: Handling; filters: PlainFilters; readiness: Readiness };
type Planned = { plan: HandlerPlan; run: (data: unknown, context: unknown) => Promise<unknown> };

/**
 * Nest's microservice transport over our own use of NATS: calls in queue groups with deadlines and typed errors,
 * durable events as pull consumers with acknowledgement, live ones as plain subscriptions. Nest's NATS transport has
 * no deadline, no acknowledgement and no drain.
 */
export class BusTransport extends Server implements CustomTransportStrategy {
  private parts: Parts | undefined;
  private readonly subscriptions: Subscription[] = [];
  private readonly consumers: DurableConsumer[] = [];
  private announcer: Announcer | undefined;
  private readonly running = new Set<Promise<unknown>>();
  /** What NATS refused to let us listen to. */
  private refused: Error | undefined;

  /** Gives the transport the parts of its process; before `listen`. @param readiness told to callers, and to who pings */
  attach(app: Pick<INestApplicationContext, 'get'>, readiness: Readiness = () => Promise.resolve()): this {
    this.parts = { bus: app.get(Bus), streams: app.get(Streams), handling: app.get(Handling), filters: app.get(PlainFilters), readiness };
    return this;
  }

  listen(callback: (error?: unknown) => void): void {
    this.start().then(() => callback(), callback);
  }

  /** Stops taking work and waits for what is under way. The connection itself is drained by `Bus`. */
  async close(): Promise<void> {
    this.announcer?.leave();
    // A suite may close the connection under a process that it ends afterwards.
    const open = this.subscriptions.filter((s) => !s.isClosed());
    await Promise.all([...this.consumers.map((c) => c.stop()), ...open.map((s) => s.drain())]);
    await Promise.allSettled([...this.running]);
  }

  on(): never {
    throw new Error('the bus reports its status through Bus.onStatus');
  }

  unwrap<T>(): T {
    return this.parts?.bus as T;
  }

  private async start(): Promise<void> {
    const { bus, readiness } = this.requireParts();
    const planned = [...this.messageHandlers.values()].map((handler) => this.planned(handler));
    requireEveryRpc(bus.service, planned, this.messageHandlers);
    for (const item of planned) await this.open(item);
    this.subscriptions.push(answerReadiness(bus, readiness));
    await bus.connection.flush();
    // A process that runs and does not hear what it answers is worse than one that does not start.
    if (this.refused) throw this.refused;
    if (planned.some(({ plan }) => plan.kind === 'rpc' || plan.kind === 'batch')) {
      this.announcer = new Announcer(bus, readiness);
      this.announcer.start();
    }
  }

  private requireParts(): Parts {
    if (!this.parts) throw new Error('attach(app) must come before listen()');
    return this.parts;
  }

  private planned(handler: MessageHandler): Planned {
    const plan = (handler.extras as { plan?: HandlerPlan } | undefined)?.plan;
    if (!plan) throw new Error('a message handler without a plan: use the decorators of @atrium/bus, not those of Nest');
    return { plan, run: async (data, context) => lastValueFrom(this.transformToObservable(await handler(data, context))) };
  }

  private async open({ plan, run }: Planned): Promise<void> {
    const { filters } = this.requireParts();
    switch (plan.kind) {
      case 'rpc':
        return this.subscribeCall(plan.rpc, (message) => this.answer(plan.rpc, run, message));
      case 'batch':
        return this.subscribeCall(plan.rpc, (message) => this.answerBatch(plan.rpc, run, message));
      case 'live':
        return this.subscribe(plan.contract.subject, undefined, (message) => this.hear(plan.contract, run, message));
      case 'durable':
        return this.consume(
          { stream: 'EVENTS', subject: plan.event.subject, durable: durableName(plan.consumer, plan.event), key: plan.event.key },
          (delivery) => run(plan.event.payload.parse(JSON.parse(delivery.text)), { id: delivery.id, attempt: delivery.attempt }),
        );
      case 'timeline':
        return this.consume(
          { stream: 'LOG', subject: COMMITS_SUBJECT, durable: plan.consumer },
          commitReader(run, (entries, roomId) => filters.wants(plan.consumer, entries, roomId)),
        );
      case 'dead':
        return this.consume({ stream: 'DEAD', subject: DEAD_LETTER_SUBJECTS, durable: plan.consumer }, (delivery) =>
          run(readDeadLetter(delivery), { id: delivery.id, attempt: delivery.attempt }),
        );
    }
  }

  /** As one of the service's queue group, and under this instance's own name, for callers that choose. */
  private subscribeCall(rpc: Rpc, handle: (message: Msg) => Promise<void>): void {
    const { bus } = this.requireParts();
    this.subscribe(rpc.subject, bus.service, handle);
    this.subscribe(instanceSubject(rpc.subject, bus.instance), undefined, handle);
  }

  private subscribe(subject: string, queue: string | undefined, handle: (message: Msg) => Promise<void>): void {
    const { connection } = this.requireParts().bus;
    const callback = (error: Error | null, message: Msg) => {
      if (error) {
        this.refused ??= error;
        return this.logger.error(`${subject}: ${error.message}`);
      }
      const work = handle(message)
        // A message that cannot be read or answered must not end the process; its caller hears nothing and gives up.
        .catch((failure: unknown) =>
          this.logger.error(`${subject}: ${failure instanceof Error ? (failure.stack ?? failure.message) : String(failure)}`),
        )
        .finally(() => this.running.delete(work));
      this.running.add(work);
    };
    this.subscriptions.push(connection.subscribe(subject, { queue, callback }));
  }

  private async consume(
    source: { stream: StreamName; subject: string; durable: string; key?: string | undefined },
    run: (delivery: Delivery) => Promise<unknown>,
  ): Promise<void> {
    const { bus, streams, handling } = this.requireParts();
    const consumer = new DurableConsumer(streams, { ...source, process: bus.service }, async (delivery) => {
      await handling.handle({ kind: 'event', subject: `${source.durable}:${delivery.subject}` }, delivery.cause, () => run(delivery));
    });
    this.consumers.push(consumer);
    await consumer.start();
    if (source.stream !== 'DEAD') this.takeBack(source, consumer);
  }

  /** An admin may have a dead letter tried again: only what that failed with goes back, and nothing is set aside anew. */
  private takeBack({ durable, key }: { durable: string; key?: string | undefined }, consumer: DurableConsumer): void {
    const redelivery = redeliveryTo(durable, this.requireParts().bus.service);
    const handle = async (letter: unknown, call: unknown) => {
      requireAdmin(call as Call);
      const again = redelivery.input.parse(letter);
      return consumer.handleAgain(again, keyIn(again.payload, key)).then(
        () => ({ error: null }),
        (error: Error) => {
          this.logger.error(`a dead letter of ${durable} failed again: ${error.stack ?? error.message}`);
          return { error: error.message };
        },
      );
    };
    this.subscribeCall(redelivery, (message) => this.answer(redelivery, handle, message));
  }

  private async answer(rpc: Rpc, run: Planned['run'], message: Msg): Promise<void> {
    const { bus, handling } = this.requireParts();
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

  private async answerBatch(rpc: Rpc, run: Planned['run'], message: Msg): Promise<void> {
    const { bus, handling } = this.requireParts();
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
      return admitCaller(this.requireParts().bus.statements, rpc, callerFromHeaders(message.headers));
    } catch (error) {
      const refusal = AppError.from(error);
      this.logger.warn(refusal.detail);
      return { error: refusal.toWire() };
    }
  }

  private async hear(contract: { subject: string; payload: z.ZodType }, run: Planned['run'], message: Msg): Promise<void> {
    const meta = { id: message.headers?.get('Nats-Msg-Id') ?? '', attempt: 1 };
    await this.reply(() =>
      this.requireParts().handling.handle({ kind: 'live', subject: contract.subject }, causeFromHeaders(message.headers), () =>
        run(contract.payload.parse(message.json()), meta),
      ),
    );
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

/** What orders a dead letter, which has no headers any more; nothing does what cannot be read. */
function keyIn(payload: string, key: string | undefined): string | undefined {
  if (key === undefined) return undefined;
  try {
    const value = (JSON.parse(payload) as Record<string, unknown> | null)?.[key];
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function overdue(): RpcReply {
  return { error: new AppError('deadline_exceeded', undefined, { retryAfterSeconds: 1 }).toWire() };
}

/** Refuses to start while a call of the service's contract has no handler, or two. */
function requireEveryRpc(service: string, planned: Planned[], handlers: Map<string, MessageHandler>): void {
  const contract = service in RPCS ? RPCS[service as ServiceName] : {};
  const answered = new Set(planned.flatMap(({ plan }) => ('rpc' in plan ? [plan.rpc.subject] : [])));
  for (const rpc of Object.values<Rpc>(contract)) {
    if (!answered.has(rpc.subject))
      throw new Error(`${rpc.subject} has no handler: add a method with @HandleRpc(${service}.${rpc.name}) to a controller`);
  }
  for (const [pattern, handler] of handlers) {
    if (handler.next) throw new Error(`${pattern} has two handlers: remove one, or give each its own consumer name`);
  }
}
