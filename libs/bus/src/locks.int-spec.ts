import {
  PROCESSES,
  accounts,
  deadLetterSubject,
  messages,
  receiptOf,
  redeliverySubject,
  roomEvents,
  rooms,
  timelineSubject,
  type Call,
  type ProcessName,
} from '@atrium/contracts';
import { TestBus, aNats, cleanUp, onCleanup, waitFor, type TestNats } from '@atrium/testing';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, headers, type NatsConnection } from '@nats-io/transport-node';
import { v7 as uuidv7 } from 'uuid';
import { natsServers } from './nats-servers.ts';
import type { Statements } from './statements.ts';
import { STREAMS } from './streams.ts';

const roomId = uuidv7();
const ann = uuidv7();

/** A connection with the credential of one process, used as somebody would who stole it. */
async function thief(nats: TestNats, process: string, inbox = `_INBOX.${process}`): Promise<NatsConnection> {
  const connection = await connect({ ...natsServers(nats.as(process).NATS_URL), inboxPrefix: inbox, maxReconnectAttempts: 0 });
  onCleanup(() => connection.close());
  return connection;
}

/** A service of the product's, with its credential, that answers whatever it is asked. */
async function aServiceThatAnswers(nats: TestNats): Promise<{ refused(): Promise<string>; close(): Promise<void> }> {
  const connection = await connect({ ...natsServers(nats.as('rooms').NATS_URL), inboxPrefix: '_INBOX.rooms', maxReconnectAttempts: 0 });
  onCleanup(() => connection.close());
  connection.subscribe(rooms.members.subject, { callback: (_error, message) => void message.respond('{}') });
  const refusals: string[] = [];
  void (async () => {
    for await (const status of connection.status()) if (status.type === 'error') refusals.push(status.error.message);
  })();
  await connection.flush();
  return { refused: () => waitFor(() => refusals[0], { what: 'an answer to be refused' }), close: () => connection.close() };
}

describe('who reaches NATS', () => {
  let nats: TestNats;
  let bus: TestBus;
  const heard: Call[] = [];

  beforeAll(async () => {
    nats = await aNats();
    bus = await TestBus.connect(nats);
    const hear = (call: Call) => (heard.push(call), receiptOf({ kind: 'room', key: roomId, version: 1 }));
    bus.answer(rooms.archive, (_input, call) => hear(call));
    bus.answer(rooms.getMembership, (_input, call) => Promise.reject(new Error(`${call.actorId} asked`)));
    bus.answerBatch(messages.send, (items) =>
      items.map(({ call }) => ({ messageId: uuidv7(), seq: 1, createdAt: call.actorId ?? 'nobody' })),
    );
    bus.answer(messages.page, (_input, call) => {
      heard.push(call);
      return { items: [], hasBefore: false, hasAfter: false };
    });
    await bus.bus.connection.flush();
  });
  beforeEach(() => void heard.splice(0));
  afterAll(cleanUp);

  it.each([
    ['no credential', {}],
    ['a wrong password', { user: 'gateway', pass: 'guessed' }],
    ['a user that is none', { user: 'admin', pass: 'admin' }],
  ])('is refused with %s', async (_what, credential) => {
    await expect(connect({ servers: `127.0.0.1:${nats.port}`, ...credential })).rejects.toThrow('Authorization Violation');
  });

  it.each(PROCESSES)('cannot, as %s, listen to the calls, replies or events of others', async (process) => {
    const connection = await thief(nats, process);
    const others = PROCESSES.filter((name) => name !== process);
    const subjects = [
      '>',
      'rpc.>',
      'parts.>',
      '_INBOX.>',
      ...others.map((name) => `_INBOX.${name}.>`),
      ...(process === 'accounts' ? [] : [accounts.logIn.subject]),
      ...(process === 'gateway' ? [] : [timelineSubject(roomId), roomEvents.memberJoined.subject]),
    ];
    for (const subject of subjects) expect(`${subject}: ${await refusalOfListening(connection, subject)}`).toMatch(/Permissions Violation/);
  });

  it.each([
    ['messages', rooms.archive.subject],
    ['files', rooms.kick.subject],
    ['bot', accounts.updateMe.subject],
    ['bot', messages.pin.subject],
    ['rooms', messages.postAsBot.subject],
    ['files-worker', rooms.getMembership.subject],
    ['messages', roomEvents.memberRemoved.subject],
    ['rooms', timelineSubject(roomId)],
    ['gateway', roomEvents.memberJoined.subject],
    ['gateway', rooms.facts.subject],
    ['gateway', redeliverySubject('rooms-profiles-userUpdated')],
    ['rooms', deadLetterSubject('messages-membership')],
  ])('cannot, as %s, send on %s', async (process, subject) => {
    const connection = await thief(nats, process);
    await expect(connection.request(subject, '{}', { timeout: 1000 })).rejects.toThrow('Permissions Violation');
  });

  it('cannot read, empty or remake a stream, nor read what the consumer of another service would', async () => {
    const connection = await thief(nats, 'bot');
    const manager = await jetstreamManager(connection, { checkAPI: false, timeout: 1000 });
    const attempts = [
      manager.streams.purge('EVENTS'),
      manager.streams.delete('EVENTS'),
      manager.streams.getMessage('EVENTS', { seq: 1 }),
      manager.streams.add({ name: 'COPY', subjects: ['copy.>'], sources: [{ name: 'EVENTS' }] }),
      manager.consumers.add('EVENTS', { durable_name: 'bot-commands', filter_subject: 'events.>' }),
      manager.consumers.add('LOG', { durable_name: 'bot-commands', filter_subject: 'events.>', deliver_subject: 'x' }),
      manager.consumers.info('EVENTS', 'rooms-profiles-userUpdated'),
    ];
    for (const outcome of await Promise.allSettled(attempts)) {
      expect(outcome.status === 'rejected' ? String(outcome.reason) : 'it worked').toMatch('Permissions Violation');
    }
  });

  it.each(PROCESSES.filter((name) => name !== 'accounts'))(
    'cannot, as %s, make a stream that tells it what others say',
    async (process) => {
      const connection = await thief(nats, process);
      const manager = await jetstreamManager(connection, { checkAPI: false, timeout: 1000 });
      const republish = { src: '>', dest: `_INBOX.${process}.heard` };
      for (const name of Object.keys(STREAMS))
        await expect(manager.streams.add({ name, subjects: ['dead.>', 'rpc.>'], no_ack: true, republish })).rejects.toThrow(
          'Permissions Violation',
        );
    },
  );

  it('cannot have what is answered to it do what it may not', async () => {
    const manager = bus.streams.manager;
    const stored = await bus.streams.publish({ id: uuidv7(), subject: roomEvents.memberJoined.subject, payload: '{}' });
    expect(stored.duplicate).toBe(false);
    const before = (await manager.streams.info('EVENTS')).state.messages;
    // An answer is the permission of the one who gives it.
    const answering = await aServiceThatAnswers(nats);
    const connection = await thief(nats, 'bot');
    connection.publish(rooms.members.subject, '{}', { reply: '$JS.API.STREAM.PURGE.EVENTS' });
    await connection.flush();
    expect(await answering.refused()).toMatch(/Permissions Violation for Publish to "\$JS\.API\.STREAM\.PURGE\.EVENTS"/);
    expect((await manager.streams.info('EVENTS')).state.messages).toBe(before);
    await answering.close();
  });

  it('gets the actor from the statement of the gateway', async () => {
    const gateway = await bus.as('gateway');
    await gateway.call(rooms.archive, { roomId }, { actorId: ann, actorRole: 'admin', sessionId: 's' });
    expect(heard).toMatchObject([{ actorId: ann, actorRole: 'admin', sessionId: 's' }]);
  });

  it('gets the actor of each call of a batch from its own statement', async () => {
    const gateway = await bus.as('gateway');
    const send = (actorId?: string) => gateway.call(messages.send, { roomId, body: 'hello' }, { actorId }).then((r) => r.createdAt);
    const ben = uuidv7();
    expect(await Promise.all([send(ann), send(ben)])).toEqual([ann, ben]);
    await expect(send()).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('lets the bot name whom it reads for, where the contract says so, and never as an admin', async () => {
    const bot = await bus.as('bot');
    await bot.call(messages.page, { roomId }, { actorId: ann, actorRole: 'admin', sessionId: 's' });
    expect(heard).toMatchObject([{ actorId: ann, actorRole: 'user' }]);
    expect(heard[0]?.sessionId).toBeUndefined();
    // Its word is for who was called: what that one calls on, it calls in its own name.
    expect(heard[0]?.actorProof).toBeUndefined();
  });

  it('refuses a user whom a service names itself where the contract does not say so', async () => {
    const files = await bus.as('files');
    const call = files.call(rooms.getMembership, { roomId, userId: ann }, { actorId: ann });
    await expect(call).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  describe('with every permission of NATS, but not the key of the gateway,', () => {
    const refusal = async (caller: string | undefined, actor?: string): Promise<string> => {
      const written = headers();
      if (caller !== undefined) written.set('Atrium-Caller', caller);
      if (actor !== undefined) written.set('Atrium-Actor', actor);
      const reply = await bus.bus.connection.request(rooms.archive.subject, JSON.stringify({ roomId }), {
        headers: written,
        timeout: 3000,
      });
      return reply.json<{ error?: { code: string } }>().error?.code ?? 'answered';
    };
    const of = (process: ProcessName | 'test'): Statements => bus.statementsOf(process);
    const admin = { actorId: ann, actorRole: 'admin' as const };

    it('is refused without saying who calls', async () => {
      expect(await refusal(undefined, of('gateway').ofActor(admin))).toBe('forbidden');
    });

    it('is refused as a process whom the contract does not list', async () => {
      expect(await refusal(of('files').ofCaller('rooms'), of('gateway').ofActor(admin))).toBe('forbidden');
    });

    it('is refused with a statement that was made to another service', async () => {
      expect(await refusal(of('gateway').ofCaller('accounts'), of('gateway').ofActor(admin))).toBe('forbidden');
    });

    it('is refused with an actor that another process vouches for', async () => {
      expect(await refusal(of('gateway').ofCaller('rooms'), of('bot').ofActor(admin))).toBe('unauthenticated');
    });

    it.each([
      ['a role raised to admin', (statement: string) => statement.replace('|user|', '|admin|')],
      ['another user', (statement: string) => statement.replace(ann, uuidv7())],
      ['a longer life', (statement: string) => statement.replace(/\|(\d+)\|/, (_all, at: string) => `|${Number(at) + 60_000}|`)],
      ['its signature cut off', (statement: string) => statement.slice(0, statement.lastIndexOf('|') + 1)],
      ['a caller’s statement in place of an actor’s', () => of('gateway').ofCaller('rooms')],
      ['words', () => 'admin'],
    ])('is refused with the statement of the gateway changed to %s', async (_what, change) => {
      const forged = change(of('gateway').ofActor({ actorId: ann, actorRole: 'user', sessionId: 's' }));
      expect(await refusal(of('gateway').ofCaller('rooms'), forged)).toBe('unauthenticated');
      expect(heard).toEqual([]);
    });

    it('is answered with both, unchanged', async () => {
      expect(await refusal(of('gateway').ofCaller('rooms'), of('gateway').ofActor(admin))).toBe('answered');
    });
  });
});

/** What NATS says to somebody who listens there; `heard` when it lets them. */
async function refusalOfListening(connection: NatsConnection, subject: string): Promise<string> {
  const { promise: refused, resolve } = Promise.withResolvers<string>();
  const subscription = connection.subscribe(subject, { callback: (error) => void (error && resolve(error.message)) });
  await connection.flush();
  const outcome = await Promise.race([refused, Promise.resolve('heard')]);
  subscription.unsubscribe();
  return outcome;
}
