import { AppError, fileEvents, receiptOf, redeliveryTo, roomEvents, rooms, type Call, type ParsedInputOf } from '@atrium/contracts';
import { TestBus, aNats, cleanUp, waitFor, type TestNats } from '@atrium/testing';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { INestMicroservice } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { BusModule } from './bus.module.ts';
import { currentCause } from './cause.ts';
import { HandleRpc, OnEvent, OnLiveEvent, type EventMeta } from './decorators.ts';
import { causeHeaders } from './event-headers.ts';
import { BusTransport } from './transport.ts';

const roomId = uuidv7();
const stranger = uuidv7();
const handled: { instance: string; attempt: number; fileId: string; requestId: string | undefined }[] = [];
const heardLive: string[] = [];

function anInstance(name: string) {
  @Controller()
  class Doors {
    @HandleRpc(rooms.archive)
    async archive(_input: ParsedInputOf<typeof rooms.archive>, call: Call) {
      if (call.actorId === stranger) throw new AppError('forbidden', 'Only the host may archive this room.');
      if (call.actorId === roomId) throw new Error('secret database password');
      return receiptOf({ kind: 'room', key: call.actorId!, version: 1 });
    }

    @HandleRpc(rooms.discover)
    async discover({ query, limit }: ParsedInputOf<typeof rooms.discover>) {
      return { items: Array.from({ length: limit }, () => aRecord(query)), nextCursor: null };
    }

    @OnEvent(fileEvents.deleted, { consumer: 'test-files' })
    async onDeleted(payload: { fileId: string }, meta: EventMeta) {
      handled.push({ instance: name, attempt: meta.attempt, fileId: payload.fileId, requestId: currentCause()?.requestId });
      if (meta.attempt === 1 && payload.fileId === roomId) throw new Error('not this time');
    }

    @OnLiveEvent(roomEvents.botToggled)
    onToggled() {
      heardLive.push(name);
    }
  }
  return Doors;
}

/** A room of some 40 KB. */
function aRecord(name: string) {
  const description = '漢'.repeat(13_000);
  const settings = { name, topic: '', description, visibility: 'public', locked: false, lobby: false, botEnabled: true } as const;
  const rules = {
    slowModeSeconds: 0,
    whoCanPost: 'everyone',
    historyVisibility: 'all',
    removedCanRejoin: true,
    kind: 'room',
    editWindowSeconds: 0,
    maxMembers: 1,
  } as const;
  const state = {
    hasPassword: false,
    memberCount: 1,
    onlineCount: 0,
    hostId: null,
    createdAt: new Date().toISOString(),
    archivedAt: null,
    me: null,
  };
  return { id: roomId, ...settings, ...rules, ...state };
}

async function start(name: string, nats: TestNats): Promise<INestMicroservice> {
  @Module({ imports: [BusModule.forRoot('test', nats.as('test'))], controllers: [anInstance(name)] })
  class App {}
  const transport = new BusTransport();
  const app = await NestFactory.createMicroservice(App, { strategy: transport, logger: false });
  transport.attach(app);
  await app.listen();
  return app;
}

describe('the bus', () => {
  let nats: TestNats;
  let bus: TestBus;
  let instances: INestMicroservice[];

  beforeAll(async () => {
    nats = await aNats();
    bus = await TestBus.connect(nats);
    instances = [await start('one', nats), await start('two', nats)];
  });
  afterAll(async () => {
    for (const app of instances) await app.close();
    await cleanUp();
  });

  it('ends an instance that has only just begun to read', async () => {
    for (let waitMs = 0; waitMs < 30; waitMs += 1) {
      const brief = await start('brief', nats);
      // Each time a little further on in what it begins with.
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      await brief.close();
    }
    expect(await bus.call(rooms.archive, { roomId }, uuidv7())).toBeDefined();
  });

  it('carries a call with its actor to one handler and the answer back', async () => {
    const actorId = uuidv7();
    expect(await bus.call(rooms.archive, { roomId }, actorId)).toEqual(receiptOf({ kind: 'room', key: actorId, version: 1 }));
  });

  it('carries an answer that no single message could hold, and the next one', async () => {
    const { items } = await bus.call(rooms.discover, { query: 'long', limit: 100 }, stranger);
    expect(items).toHaveLength(100);
    expect(new Set(items.map((room) => `${room.name} ${[...room.description].length}`))).toEqual(new Set(['long 13000']));
    expect((await bus.call(rooms.discover, { query: 'short', limit: 1 }, stranger)).items).toHaveLength(1);
  });

  it('carries a refusal with its code and sentence', async () => {
    await expect(bus.call(rooms.archive, { roomId }, stranger)).rejects.toMatchObject({
      code: 'forbidden',
      kind: 'permission_denied',
      detail: 'Only the host may archive this room.',
    });
  });

  it('lets nothing of an unexpected error out', async () => {
    const error = await bus.call(rooms.archive, { roomId }, roomId).catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'internal' });
    expect(JSON.stringify((error as AppError).toWire())).not.toContain('secret');
  });

  it('refuses input that the contract does not allow, naming the field', async () => {
    await expect(bus.call(rooms.archive, { roomId: 'x' }, stranger)).rejects.toMatchObject({
      code: 'validation_failed',
      data: { errors: [{ path: 'roomId' }] },
    });
  });

  it('answers service_unavailable when no instance handles the call', async () => {
    expect(await bus.refusal(rooms.get, { roomId }, stranger)).toBe('service_unavailable');
  });

  it('delivers a durable event to one instance, and again after a failure', async () => {
    const fileId = uuidv7();
    const at = new Date().toISOString();
    await bus.tell(fileEvents.deleted, { version: 1, roomId, at, actorId: null, fileId });
    await bus.tell(fileEvents.deleted, { version: 1, roomId, at, actorId: null, fileId: roomId });
    await waitFor(() => handled.some((h) => h.fileId === roomId && h.attempt === 2), { what: 'the second try' });
    expect(handled.filter((h) => h.fileId === fileId)).toHaveLength(1);
    expect(handled.filter((h) => h.fileId === roomId).map((h) => h.attempt)).toEqual([1, 2]);
  });

  it('hands an event to its handler with the request that brought it about', async () => {
    const fileId = uuidv7();
    const payload = JSON.stringify({ version: 1, roomId, at: new Date().toISOString(), actorId: null, fileId });
    await bus.streams.publish({ id: uuidv7(), subject: fileEvents.deleted.subject, payload, headers: causeHeaders({ requestId: 'r-1' }) });
    const about = () => handled.find((one) => one.fileId === fileId);
    await waitFor(about, { what: 'the event' });
    expect(about()).toMatchObject({ requestId: 'r-1' });
  });

  describe('sends a dead letter to its consumer again', () => {
    const again = redeliveryTo('test-files-deleted', 'test');
    const letterAbout = (fileId: string, id = uuidv7()) => {
      const payload = { version: 1, roomId, at: new Date().toISOString(), actorId: null, fileId };
      return { id, subject: fileEvents.deleted.subject, payload: JSON.stringify(payload) };
    };
    const asAdmin = { actorId: stranger, actorRole: 'admin' as const };

    it('which handles it in one instance', async () => {
      const fileId = uuidv7();
      expect(await bus.rpc.call(again, letterAbout(fileId), asAdmin)).toEqual({ error: null });
      expect(handled.filter((h) => h.fileId === fileId)).toHaveLength(1);
    });

    it('and tells what the handler failed with, without setting it aside anew', async () => {
      expect(await bus.rpc.call(again, letterAbout(roomId), asAdmin)).toEqual({ error: 'not this time' });
      expect(await bus.rpc.call(again, { ...letterAbout(roomId), payload: '{' }, asAdmin)).toEqual({
        error: expect.stringMatching(/JSON/),
      });
    });

    it('for an admin alone', async () => {
      const fileId = uuidv7();
      expect(await bus.refusal(again, letterAbout(fileId), stranger)).toBe('not_found');
      expect(await bus.refusal(again, letterAbout(fileId))).toBe('unauthenticated');
      expect(handled.filter((h) => h.fileId === fileId)).toEqual([]);
    });
  });

  it('delivers a live event to every instance', async () => {
    await bus.tell(roomEvents.botToggled, { roomId, version: 1, at: new Date().toISOString(), actorId: null, enabled: true });
    await waitFor(() => heardLive.length === 2, { what: 'both instances' });
    expect([...heardLive].sort()).toEqual(['one', 'two']);
  });

  it('goes on after NATS was killed and came back, with what was stored', async () => {
    await nats.stop('SIGKILL');
    await nats.start();
    const fileId = uuidv7();
    await waitFor(() => bus.bus.isConnected(), { what: 'the connection', withinMs: 10_000 });
    await bus.tell(fileEvents.deleted, { version: 1, roomId, at: new Date().toISOString(), actorId: null, fileId });
    await waitFor(() => handled.some((h) => h.fileId === fileId), { what: 'the event after the restart', withinMs: 20_000 });
  }, 40_000);
});
