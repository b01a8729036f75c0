import { Bus, RpcClient, Signals } from '@atrium/bus';
import {
  AppError,
  type Call,
  type EventContract,
  type OutputOf,
  type ParsedInputOf,
  type PayloadOf,
  type Rpc,
  type SignalContract,
} from '@atrium/contracts';
import { startService, type AppModuleClass } from '@atrium/service-kit';
import { nanos, type Subscription } from '@nats-io/transport-node';
import type { INestMicroservice } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { onCleanup } from './cleanup.ts';
import { waitFor } from './wait.ts';

/** Starts a service as its main.ts would, without a health port and with quiet logs. */
export async function aService<C extends object>(module: AppModuleClass<C>, config: C): Promise<INestMicroservice> {
  const app = await startService(module, config, process.env['TEST_LOGS'] ? undefined : false);
  const bus = app.get(Bus);
  // A suite may have closed it itself; Nest takes neither a second close nor another `close` in its place.
  onCleanup(async () => {
    if (!bus.connection.isClosed()) await app.close();
  });
  return app;
}

type Responder<R extends Rpc> = (input: ParsedInputOf<R>, call: Call) => OutputOf<R> | Promise<OutputOf<R>>;

/** The other side of the bus: calls the service under test, answers for services that are not there, tells and hears. */
export class TestBus {
  readonly rpc: RpcClient;
  readonly signals: Signals;

  private constructor(readonly bus: Bus) {
    this.rpc = new RpcClient(bus);
    this.signals = new Signals(bus);
  }

  static async connect(natsUrl: string): Promise<TestBus> {
    const bus = await Bus.connect('test', natsUrl);
    onCleanup(() => bus.close());
    await bus.ensureStreams();
    return new TestBus(bus);
  }

  /** Calls as a user (or, without one, as a service). */
  call<R extends Rpc>(rpc: R, input: Parameters<RpcClient['call']>[1] & object, actorId?: string): Promise<OutputOf<R>> {
    return this.rpc.call(rpc, input as never, { actorId });
  }

  /** The code of the refusal a call meets; fails the test when it is not refused. */
  async refusal<R extends Rpc>(rpc: R, input: object, actorId?: string): Promise<string> {
    const outcome = await this.call(rpc, input, actorId).then(
      () => 'answered without a refusal',
      (error: unknown) => (error instanceof AppError ? error.code : Promise.reject(error)),
    );
    return outcome;
  }

  /** Answers one call in place of the service that owns it. Throw `AppError` to refuse. */
  answer<R extends Rpc>(rpc: R, respond: Responder<R>): Subscription {
    return this.bus.connection.subscribe(rpc.subject, {
      callback: (_error, message) => {
        const call = { actorId: message.headers?.get('Atrium-Actor') || undefined, requestId: '', deadlineAt: Date.now() + 1000 };
        void Promise.resolve()
          .then(() => respond(rpc.input.parse(message.json()) as ParsedInputOf<R>, call))
          .then(
            (ok) => message.respond(JSON.stringify({ ok })),
            (error: unknown) => message.respond(JSON.stringify({ error: AppError.from(error).toWire() })),
          );
      },
    });
  }

  /** Tells a durable event as its owner would. @returns its id; give one to tell the same event again */
  async tell<E extends EventContract>(event: E, payload: PayloadOf<E>, id: string = uuidv7()): Promise<string> {
    await this.bus.jetstream.publish(event.subject, JSON.stringify(payload), { msgID: id });
    return id;
  }

  /** Delivers an event again under its id, as happens after a lost acknowledgement, long after the duplicate window. */
  async redeliver<E extends EventContract>(event: E, payload: PayloadOf<E>, id: string): Promise<void> {
    const { config } = await this.bus.streams.streams.info('EVENTS');
    await this.bus.streams.streams.update('EVENTS', { ...config, duplicate_window: nanos(100) });
    const again = () => this.bus.jetstream.publish(event.subject, JSON.stringify(payload), { msgID: id });
    await waitFor(async () => !(await again()).duplicate, { what: 'the duplicate window to pass' });
  }

  /** Everything told on a contract from now on, in order. */
  async hear<C extends EventContract | SignalContract>(contract: C): Promise<PayloadOf<C>[]> {
    return this.hearSubject(contract.subject, (text) => contract.payload.parse(JSON.parse(text)) as PayloadOf<C>);
  }

  async hearSubject<T>(subject: string, read: (text: string) => T): Promise<T[]> {
    const heard: T[] = [];
    this.bus.connection.subscribe(subject, { callback: (_error, message) => void heard.push(read(message.string())) });
    await this.bus.connection.flush();
    return heard;
  }
}
