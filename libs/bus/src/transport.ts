import {
  COMMITS_SUBJECT,
  DEAD_LETTER_SUBJECTS,
  RPCS,
  durableName,
  instanceSubject,
  redeliveryTo,
  type Call,
  type Rpc,
  type ServiceName,
} from '@atrium/contracts';
import type { INestApplicationContext } from '@nestjs/common';
import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import type { Msg, Subscription } from '@nats-io/transport-node';
import { lastValueFrom } from 'rxjs';
import { z } from 'zod';
import { Announcer } from './announcer.ts';
import { Bus } from './bus.ts';
import { CallAnswers } from './call-answers.ts';
import { requireAdmin } from './call.ts';
import { PlainFilters, commitReader } from './commit-reader.ts';
import type { HandlerPlan } from './decorators.ts';
import { readDeadLetter } from './dead-letter.ts';
import { DurableConsumer, type Delivery } from './durable-consumer.ts';
import { causeFromHeaders } from './event-headers.ts';
import { Handling } from './handling.ts';
import { answerReadiness, type Readiness } from './readiness.ts';
import { Streams, type StreamName } from './streams.ts';

type Parts = { bus: Bus; streams: Streams; handling: Handling; filters: PlainFilters; answers: CallAnswers; readiness: Readiness };
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
    const [bus, handling] = [app.get(Bus), app.get(Handling)];
    const answers = new CallAnswers(bus, handling, this.logger);
    this.parts = { bus, handling, answers, streams: app.get(Streams), filters: app.get(PlainFilters), readiness };
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
    const { filters, answers } = this.requireParts();
    switch (plan.kind) {
      case 'rpc':
        return this.subscribeCall(plan.rpc, (message) => answers.answer(plan.rpc, run, message));
      case 'batch':
        return this.subscribeCall(plan.rpc, (message) => answers.answerBatch(plan.rpc, run, message));
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

  private consume(
    source: { stream: StreamName; subject: string; durable: string; key?: string | undefined },
    run: (delivery: Delivery) => Promise<unknown>,
  ): void {
    const { bus, streams, handling } = this.requireParts();
    const consumer = new DurableConsumer(streams, { ...source, process: bus.service }, async (delivery) => {
      await handling.handle({ kind: 'event', subject: `${source.durable}:${delivery.subject}` }, delivery.cause, () => run(delivery));
    });
    this.consumers.push(consumer);
    consumer.start();
    if (source.stream !== 'DEAD') this.takeBack(source, consumer);
  }

  /** An admin may have a dead letter tried again: only what that failed with goes back, and nothing is set aside anew. */
  private takeBack({ durable, key }: { durable: string; key?: string | undefined }, consumer: DurableConsumer): void {
    const { bus, answers } = this.requireParts();
    const redelivery = redeliveryTo(durable, bus.service);
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
    this.subscribeCall(redelivery, (message) => answers.answer(redelivery, handle, message));
  }

  private async hear(contract: { subject: string; payload: z.ZodType }, run: Planned['run'], message: Msg): Promise<void> {
    const meta = { id: message.headers?.get('Nats-Msg-Id') ?? '', attempt: 1 };
    await this.requireParts().handling.handle({ kind: 'live', subject: contract.subject }, causeFromHeaders(message.headers), () =>
      run(contract.payload.parse(message.json()), meta),
    );
  }
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
