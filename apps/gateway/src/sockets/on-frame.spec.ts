import { AppError, ClientFrames, type ClientEvent } from '@atrium/contracts';
import { Module, UseInterceptors, type CallHandler, type NestInterceptor, type Type } from '@nestjs/common';
import { DiscoveryModule, NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { AbstractWsAdapter } from '@nestjs/websockets';
import { map, type Observable } from 'rxjs';
import { Connection } from './connection.ts';
import { FrameHandlers, runThroughNest } from './frame-handlers.ts';
import { OnFrame, SocketGateway, type FrameInput } from './on-frame.ts';
import type { Peer } from './peer.ts';
import { SocketAdapter } from './socket.adapter.ts';
import { TurnWriter } from './turn-writer.ts';

const ROOM = '01980000-0000-7000-8000-000000000001';
const aConnection = () => new Connection({ readyState: 1, OPEN: 1 } as Peer, new TurnWriter(), () => undefined);

/** Nest's way of binding handlers, with the sockets left away. */
class Bindings extends AbstractWsAdapter {
  private readonly binders: ((connection: Connection) => void)[] = [];
  override bindMessageHandlers = SocketAdapter.prototype.bindMessageHandlers;

  create() {
    return { on: () => undefined, close: (done: () => void) => done() };
  }

  override bindClientConnect(_server: unknown, bind: (connection: Connection) => void): void {
    this.binders.push(bind);
  }

  override bindClientDisconnect(): void {}

  connect(): Connection {
    const connection = aConnection();
    for (const bind of this.binders) bind(connection);
    return connection;
  }
}

class Receipts implements NestInterceptor {
  intercept(_context: unknown, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map(() => ({ messageId: ROOM, seq: 1, createdAt: '' })));
  }
}

@SocketGateway()
class Gateway {
  readonly heard: unknown[] = [];

  @OnFrame('read')
  read(connection: Connection, input: FrameInput<'read'>): void {
    this.heard.push([connection, input]);
  }

  @OnFrame('focus')
  async focus(_connection: Connection, { roomId }: FrameInput<'focus'>): Promise<void> {
    if (roomId === null) throw new AppError('room_not_found');
    await Promise.resolve();
  }

  @OnFrame('presence')
  @UseInterceptors(new Receipts())
  presence(): void {}
}

describe('a handler that Nest calls for a frame', () => {
  let gateway: Gateway;
  let connection: Connection;
  let close: () => Promise<void>;
  beforeAll(async () => {
    @Module({ providers: [Gateway] })
    class App {}
    const app = await NestFactory.create(App, new FastifyAdapter(), { logger: false });
    const bindings = new Bindings();
    app.useWebSocketAdapter(bindings);
    await app.init();
    gateway = app.get(Gateway);
    connection = bindings.connect();
    close = () => app.close();
  });
  afterAll(() => close());

  it('gets the connection it is bound to and the input as the contract reads it', async () => {
    expect(await runThroughNest(connection, 'read', { roomId: ROOM, seq: 3, unknown: true })).toBeUndefined();
    expect(gateway.heard).toEqual([[connection, { roomId: ROOM, seq: 3 }]]);
  });

  it('is not called with input that the contract refuses, and the sender learns which field is wrong', async () => {
    const refused = runThroughNest(connection, 'read', { roomId: ROOM, seq: 'x' });
    await expect(refused).rejects.toMatchObject({ code: 'validation_failed', data: { errors: [{ path: 'seq' }] } });
    expect(gateway.heard).toHaveLength(1);
  });

  it('refuses by throwing, though Nest keeps what it throws to itself', async () => {
    await expect(runThroughNest(connection, 'focus', { roomId: null })).rejects.toMatchObject({ code: 'room_not_found' });
    await expect(runThroughNest(connection, 'focus', { roomId: ROOM })).resolves.toBeUndefined();
  });

  it('may be wrapped by an interceptor that changes the answer', async () => {
    expect(await runThroughNest(connection, 'presence', { active: true })).toMatchObject({ seq: 1 });
  });
});

describe('the frames of the contract', () => {
  /** A provider that handles these frames. */
  function aGateway(...events: ClientEvent[]): Type {
    class Handlers {
      handle(): never {
        throw new AppError('internal');
      }
    }
    for (const event of events) {
      const method = { value: () => undefined as never, configurable: true };
      OnFrame(event)(Handlers.prototype, event, method);
      Object.defineProperty(Handlers.prototype, event, method);
    }
    SocketGateway()(Handlers);
    return Handlers;
  }

  const boot = async (...providers: Type[]) => {
    @Module({ imports: [DiscoveryModule], providers: [FrameHandlers, ...providers] })
    class App {}
    const app = await NestFactory.createApplicationContext(App, { logger: false, abortOnError: false });
    await app.close();
  };
  const all = Object.keys(ClientFrames) as ClientEvent[];

  it('let the gateway start when each has one handler, in whichever class', async () => {
    await expect(boot(aGateway(...all.slice(0, 3)), aGateway(...all.slice(3)))).resolves.toBeUndefined();
  });

  it.each(all)('keep it from starting while nothing handles %s, and say what to add', async (event) => {
    const others = all.filter((one) => one !== event);
    await expect(boot(aGateway(...others))).rejects.toThrow(`the frame ${event} has no handler: add a method with @OnFrame('${event}')`);
  });

  it('keep it from starting while two classes handle one, and name both', async () => {
    await expect(boot(aGateway(...all), aGateway('read'))).rejects.toThrow(
      'the frame read has 2 handlers: keep one of Handlers.read, Handlers.read',
    );
  });
});

/** Compiled, never run: each of these would be a mistake that nobody should be able to make. */
export class Mistakes {
  // @ts-expect-error the input is that of another frame
  @OnFrame('read')
  readAsTyping(_connection: Connection, _input: FrameInput<'typing'>): void {}

  // @ts-expect-error the answer is not what an acknowledgement carries
  @OnFrame('focus')
  focusWithNumber(): number {
    return 1;
  }

  // @ts-expect-error a message is acknowledged with its receipt
  @OnFrame('message.send')
  sendWithoutReceipt(): Promise<void> {
    return Promise.resolve();
  }

  // @ts-expect-error the contract has no such frame
  @OnFrame('raed')
  misspelt(): void {}

  // @ts-expect-error the first argument is the connection
  @OnFrame('typing')
  withoutConnection(_input: FrameInput<'typing'>): void {}
}

// @ts-expect-error Nest's hooks are not called here
@SocketGateway()
export class Hooked {
  handleDisconnect(): void {}
}
