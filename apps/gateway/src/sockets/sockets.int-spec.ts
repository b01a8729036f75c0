import { MAX_FRAME_BYTES, accountEvents, messageSignals, roomSignals } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { v7 as uuidv7 } from 'uuid';
import { TestClient } from '../../test/client.ts';
import { Harness } from '../../test/harness.ts';
import { RawClient } from '../../test/raw-client.ts';

/** A text frame as a browser would send it, under a mask that changes nothing. */
function maskedFrame(text: string): Buffer {
  const head = Buffer.alloc(14);
  head.writeUInt8(0x81, 0);
  head.writeUInt8(0x80 | 127, 1);
  head.writeBigUInt64BE(BigInt(text.length), 2);
  return Buffer.concat([head, Buffer.from(text)]);
}

describe('the socket', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(cleanUp);

  it('closes with 4401 for a token that is not ours, and for a first frame that is not auth', async () => {
    const client = new TestClient(harness.socketUrl);
    await client.opened();
    client.send('auth', { token: 'nonsense' });
    expect(await client.closed()).toBe(4401);
    const hasty = new TestClient(harness.socketUrl);
    await hasty.opened();
    hasty.send('ping', {});
    expect(await hasty.closed()).toBe(4401);
  });

  it('closes with 4408 when nobody introduces themselves', async () => {
    const client = new TestClient(harness.socketUrl);
    await client.opened();
    expect(await client.closed()).toBe(4408);
  }, 10_000);

  it.each([
    ['whoever was told that their first frame is not auth', '{"event":"ping","data":{}}'],
    ['whoever sent more than a frame may hold', 'x'.repeat(MAX_FRAME_BYTES + 1)],
  ])(
    'is gone soon after the goodbye, though %s answers nothing',
    async (_who, text) => {
      const client = new RawClient(harness.port);
      const key = { 'Sec-WebSocket-Version': 13, 'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==' };
      client.begin('GET /ws', { Connection: 'Upgrade', Upgrade: 'websocket', ...key });
      expect(await client.answer()).toBe(101);
      client.write(maskedFrame(text));
      await client.ended(10_000);
    },
    15_000,
  );

  it('is refused to other sites', async () => {
    const client = new TestClient(harness.socketUrl, { origin: 'https://evil.example' });
    await client.closed();
    expect(client.failure).toBe('Unexpected server response: 403');
    const own = new TestClient(harness.socketUrl, { origin: harness.url });
    await own.opened();
  });

  it.each([
    ['/elsewhere', {}],
    ['/ws', { Origin: 'https://evil.example' }],
  ])('outlives a client that breaks off while it is refused at %s', async (path, headers) => {
    const http = harness.app.getHttpServer() as Server;
    const lines = Object.entries({ Host: 'x', Connection: 'Upgrade', Upgrade: 'websocket', ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    );
    const client = connect(harness.port, '127.0.0.1', () => client.write([`GET ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n')));
    const ended = new Promise((resolve) => {
      // Before the gateway says no, so that its words meet a connection that is gone.
      http.prependOnceListener('upgrade', (_request, socket: Socket) => {
        client.resetAndDestroy();
        socket.once('close', resolve);
      });
    });
    await ended;
    expect((await harness.fetch('/health/live')).status).toBe(200);
  });

  it('closes with 4413 for a frame over 64 KiB and with 4429 for too many', async () => {
    const ann = harness.services.aPerson();
    const large = await harness.connect(ann);
    large.socket.send(JSON.stringify({ event: 'ping', data: 'x'.repeat(70_000) }));
    expect(await large.closed()).toBe(4413);
    const many = await harness.connect(ann);
    for (let index = 0; index < 130; index++) many.send('ping', {});
    expect(await many.closed()).toBe(4429);
  });

  it('answers frames it cannot read, and goes on', async () => {
    const client = await harness.connect(harness.services.aPerson());
    client.socket.send('{');
    expect(await client.next('error')).toMatchObject({ code: 'malformed_request', status: 400 });
    client.send('no.such', {}, 'x');
    expect(await client.refusal('x')).toMatchObject({ code: 'malformed_request' });
    client.send('ping', {}, 'p');
    await client.next('pong', (_data, id) => id === 'p');
  });

  it('tells the last seq of each room with the first pong', async () => {
    const ann = harness.services.aPerson();
    const room = harness.services.aRoom([ann]);
    harness.services.store(room, 'a', 'b');
    const client = await harness.connect(ann);
    client.send('ping', {});
    expect(await client.next('pong')).toEqual({ heads: { [room.record.id]: 2 } });
  });

  it('tells typing to the others in the room and presence to those who look at it', async () => {
    const { services } = harness;
    const [ann, bob] = [services.aPerson(), services.aPerson()];
    const room = services.aRoom([ann, bob]);
    const roomId = room.record.id;
    const [a, b] = [await harness.connect(ann), await harness.connect(bob)];
    b.send('focus', { roomId }, 'f');
    await b.ack('f');
    services.bus.signals.send(roomSignals.typing, { roomId, userId: ann.userId, typing: true });
    services.bus.signals.send(roomSignals.presence, { userId: ann.userId, status: 'away', roomIds: [roomId] });
    expect(await b.next('typing')).toEqual({ roomId, userId: ann.userId, typing: true });
    expect(await b.next('presence')).toEqual({ userId: ann.userId, status: 'away' });
    expect([...a.all('typing'), ...a.all('presence')]).toEqual([]);
    a.send('focus', { roomId: uuidv7() }, 'g');
    expect(await a.refusal('g')).toMatchObject({ code: 'room_not_found' });
  });

  it('tells behind the snapshot who of a direct room came while it was read', async () => {
    const { services } = harness;
    const [ann, bob] = [services.aPerson(), services.aPerson()];
    const roomId = services.aRoom([ann, bob]).record.id;
    const b = await harness.connect(bob);
    const release = services.hold();
    const asked = services.calls.filter((call) => call === 'listJoined').length;
    const connecting = harness.connect(ann);
    await waitFor(() => services.calls.filter((call) => call === 'listJoined').length > asked);
    services.bus.signals.send(roomSignals.presence, { userId: bob.userId, status: 'dnd', roomIds: [roomId], directRoomIds: [roomId] });
    await b.next('presence');
    release();
    const a = await connecting;
    expect(await a.next('presence')).toEqual({ userId: bob.userId, status: 'dnd' });
    expect(a.frames.map(({ event }) => event).indexOf('presence')).toBeGreaterThan(a.frames.map(({ event }) => event).indexOf('ready'));
  });

  it('reports to the rooms service who is online, away and offline', async () => {
    const { services } = harness;
    const ann = services.aPerson();
    const client = await harness.connect(ann);
    await waitFor(() => services.presence.some(({ userId, status }) => userId === ann.userId && status === 'online'));
    client.send('presence', { active: false });
    await waitFor(() => services.presence.some(({ userId, status }) => userId === ann.userId && status === 'away'));
    client.socket.close();
    await waitFor(() => services.presence.some(({ userId, status }) => userId === ann.userId && status === 'offline'));
  });

  it('tells markers, mentions and credits to all devices of one user and to nobody else', async () => {
    const { services } = harness;
    const [ann, bob] = [services.aPerson(), services.aPerson()];
    const [one, two, other] = [await harness.connect(ann), await harness.connect(ann), await harness.connect(bob)];
    const marker = { roomId: uuidv7(), readSeq: 3, unread: 0, mentions: 0, threadUnread: 0 };
    services.bus.signals.send(messageSignals.read, { userId: ann.userId, ...marker });
    const id = uuidv7();
    const place = { id, messageId: id, roomId: uuidv7(), seq: 4, at: new Date().toISOString(), actorId: bob.userId };
    const notification = { ...place, reasons: ['mention' as const], excerpt: 'Look here' };
    services.bus.signals.send(messageSignals.notified, { userId: ann.userId, quiet: false, notification });
    await services.bus.tell(accountEvents.creditsChanged, { userId: ann.userId, balance: 9, held: 1, version: 4 });
    for (const client of [one, two]) {
      expect(await client.next('read')).toEqual(marker);
      expect(await client.next('notification')).toEqual({ ...notification, quiet: false });
      expect(await client.next('credits')).toEqual({ balance: 9, held: 1, version: 4 });
    }
    expect(other.frames.map(({ event }) => event)).toEqual(['ready']);
  });

  it('tells of a new status or name whoever shares a room with that person, once, and nobody else', async () => {
    const { services } = harness;
    const [ann, ben, eve] = [services.aPerson(), services.aPerson(), services.aPerson()];
    const rooms = [services.aRoom([ann, ben]), services.aRoom([ann, ben])];
    const clients = [await harness.connect(ann), await harness.connect(ben)];
    const stranger = await harness.connect(eve);
    const shown = {
      username: 'ann',
      displayName: 'Ann',
      avatarUrl: null,
      presence: 'auto' as const,
      statusEmoji: '🍕',
      statusText: 'Lunch',
    };
    const person = { userId: ann.userId, version: 2, ...shown };
    services.bus.signals.send(roomSignals.person, { person, roomIds: rooms.map(({ record }) => record.id) });
    services.bus.signals.send(messageSignals.notificationsRead, { userId: eve.userId, unread: 7 });
    for (const client of clients) expect(await client.next('person')).toEqual({ id: ann.userId, version: 2, ...shown });
    await stranger.next('notifications.read');
    const told = [...clients, stranger].map(({ frames }) => frames.filter(({ event }) => event === 'person').length);
    expect(told).toEqual([1, 1, 0]);
  });

  it('closes with 4403 when the session ends, and refuses its token at once', async () => {
    const { services } = harness;
    const ann = services.aPerson();
    const client = await harness.connect(ann);
    await services.bus.tell(accountEvents.sessionEnded, ann);
    expect(await client.closed()).toBe(4403);
    const reply = await harness.fetch('/api/me', { as: ann });
    expect(reply.status).toBe(401);
    expect(await reply.json()).toMatchObject({ code: 'session_revoked' });
  });

  it('takes a fresh token of the same person and no other', async () => {
    const { services } = harness;
    const [ann, bob] = [services.aPerson(), services.aPerson()];
    const client = await harness.connect(ann);
    client.send('token', { token: await services.token(ann, 1800) }, 't1');
    await client.ack('t1');
    client.send('token', { token: await services.token(bob) }, 't2');
    expect(await client.refusal('t2')).toMatchObject({ code: 'unauthenticated' });
  });

  it('lets the oldest of more than twenty sockets go', async () => {
    const ann = harness.services.aPerson();
    const first = await harness.connect(ann);
    await Promise.all(Array.from({ length: 20 }, () => harness.connect(ann)));
    expect(await first.closed()).toBe(4409);
  });

  it('says that it restarts when the bus goes, serves again when it is back, and says so when it stops', async () => {
    const ann = harness.services.aPerson();
    const client = await harness.connect(ann);
    await harness.servers.nats.stop();
    expect(await client.closed()).toBe(1012);
    expect(client.all('restarting')).toEqual([{ withinMs: expect.any(Number) as number }]);
    expect((await harness.fetch('/health/ready')).status).toBe(503);
    expect((await harness.fetch('/api/me', { as: ann })).status).toBe(503);
    await harness.servers.nats.start();
    await waitFor(async () => (await harness.fetch('/health/ready')).status === 200, { withinMs: 10_000, what: 'the gateway to be ready' });
    const again = await harness.connect(ann);
    await harness.app.close();
    expect(await again.closed()).toBe(1012);
  }, 20_000);
});
