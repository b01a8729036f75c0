import {
  Bus,
  RpcClient,
  Signals,
  Statements,
  Streams,
  admitCall,
  eventHeaders,
  readBusKeys,
  type CallOptions,
  type SignedCall,
} from '@atrium/bus';
import {
  AppError,
  RPCS,
  VOUCHING_PROCESS,
  type Call,
  type EventContract,
  type InputOf,
  type OutputOf,
  type ParsedInputOf,
  type PayloadOf,
  type Rpc,
  type SignalContract,
} from '@atrium/contracts';
import { RepeatedTask, startService, type AppModuleClass } from '@atrium/service-kit';
import { nanos, type Msg, type Subscription } from '@nats-io/transport-node';
import type { INestMicroservice } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { TEST_PROCESS } from './test-users.ts';
import { onCleanup } from './cleanup.ts';
import type { TestNats } from './servers.ts';
import { waitFor } from './wait.ts';

/** How soon streams that a test removed are made anew. */
const STREAMS_EVERY_MS = 500;

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

type Answered<R extends Rpc> = OutputOf<R> | AppError;
type Responder<R extends Rpc> = (input: ParsedInputOf<R>, call: Call) => OutputOf<R> | Promise<OutputOf<R>>;

/** The other side of the bus: calls the service under test, answers for services that are not there, tells and hears. */
export class TestBus {
  readonly signals: Signals;
  /** Calls with all that a call may carry. */
  readonly rpc = { call: <R extends Rpc>(rpc: R, input: InputOf<R>, call: CallOptions) => this.callWith(rpc, input, call) };
  private readonly clients = new Map<string, Promise<RpcClient>>();
  private readonly vouching: Statements;

  private constructor(
    readonly bus: Bus,
    readonly streams: Streams,
    private readonly nats: TestNats,
  ) {
    this.signals = new Signals(bus);
    this.vouching = this.statementsOf(VOUCHING_PROCESS);
  }

  static async connect(nats: TestNats): Promise<TestBus> {
    const bus = await Bus.connect(TEST_PROCESS, nats.as(TEST_PROCESS));
    onCleanup(() => bus.close());
    const streams = await Streams.on(bus);
    const making = new RepeatedTask(() => (streams.doubt(), streams.ensure()), {
      everyMs: STREAMS_EVERY_MS,
      // A test that takes NATS away means it.
      logger: { warn: () => undefined },
      onFailure: 'streams could not be made',
    });
    // As accounts does, which is not there.
    making.start();
    onCleanup(() => making.stop());
    await streams.ensure();
    return new TestBus(bus, streams, nats);
  }

  /** Calls as a user (or, without one, as a service), by a process that the contract lists. */
  call<R extends Rpc>(rpc: R, input: Parameters<RpcClient['call']>[1] & object, actorId?: string): Promise<OutputOf<R>> {
    return this.callWith(rpc, input as never, { actorId });
  }

  /** Calls what others answer, with the NATS user and the key of a process. */
  as(process: string): Promise<RpcClient> {
    return this.client(process, process);
  }

  private client(process: string, user: string): Promise<RpcClient> {
    let client = this.clients.get(`${process} ${user}`);
    if (!client) {
      const { NATS_URL } = this.nats.as(user);
      client = Bus.connect(process, { ...this.nats.as(process), NATS_URL }).then((bus) => {
        onCleanup(() => bus.close());
        return new RpcClient(bus);
      });
      this.clients.set(`${process} ${user}`, client);
    }
    return client;
  }

  /** What a process signs, made with its key. */
  statementsOf(process: string): Statements {
    const { BUS_KEY, BUS_PUBLIC_KEYS } = this.nats.as(process);
    return new Statements(process, readBusKeys(BUS_KEY, BUS_PUBLIC_KEYS));
  }

  /** Calls with whatever a caller may pass along. */
  async callWith<R extends Rpc>(rpc: R, input: InputOf<R>, call: CallOptions): Promise<OutputOf<R>> {
    const { actorId, actorRole, sessionId } = call;
    const actorProof = call.actorProof ?? (actorId ? this.vouching.ofActor({ actorId, actorRole, sessionId }) : undefined);
    const process = Object.keys(rpc.callers)[0] ?? VOUCHING_PROCESS;
    // A contract that only a test has is in nobody's permissions.
    const client = await this.client(process, rpc.service in RPCS ? process : TEST_PROCESS);
    return client.call(rpc, input, { ...call, actorProof });
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
    return this.answerWith(rpc, async (message, statements) => {
      const call = admitCall(statements, rpc, message.headers);
      return { ok: await respond(rpc.input.parse(message.json()) as ParsedInputOf<R>, call) };
    });
  }

  /** The same for a call that is batched: as many answers as there are calls in the message. */
  answerBatch<R extends Rpc>(rpc: R, respond: (items: { input: ParsedInputOf<R>; call: Call }[]) => Answered<R>[]): Subscription {
    return this.answerWith(rpc, (message, statements) => {
      const items = message.json<{ input: unknown; call: SignedCall }[]>().map(({ input, call }) => ({
        input: rpc.input.parse(input) as ParsedInputOf<R>,
        call: admitCall(statements, rpc, message.headers, call),
      }));
      return respond(items).map((answer) => (answer instanceof AppError ? { error: answer.toWire() } : { ok: answer }));
    });
  }

  private answerWith(rpc: Rpc, reply: (message: Msg, statements: Statements) => unknown): Subscription {
    const statements = this.statementsOf(rpc.service);
    return this.bus.connection.subscribe(rpc.subject, {
      callback: (_error, message) => {
        void Promise.resolve()
          .then(() => reply(message, statements))
          .catch((error: unknown) => ({ error: AppError.from(error).toWire() }))
          .then((answer) => message.respond(JSON.stringify(answer)));
      },
    });
  }

  /** Tells a durable event as its owner would. @returns its id; give one to tell the same event again */
  async tell<E extends EventContract>(event: E, payload: PayloadOf<E>, id: string = uuidv7()): Promise<string> {
    await this.publish(event, payload, id);
    return id;
  }

  private publish<E extends EventContract>(event: E, payload: PayloadOf<E>, id: string): Promise<{ duplicate: boolean }> {
    const headers = eventHeaders(event, payload as object, undefined);
    return this.streams.publish({ id, subject: event.subject, payload: JSON.stringify(payload), headers });
  }

  /** Delivers an event again under its id, as happens after a lost acknowledgement, long after the duplicate window. */
  async redeliver<E extends EventContract>(event: E, payload: PayloadOf<E>, id: string): Promise<void> {
    const { config } = await this.streams.manager.streams.info('EVENTS');
    await this.streams.manager.streams.update('EVENTS', { ...config, duplicate_window: nanos(100) });
    const again = () => this.publish(event, payload, id);
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
