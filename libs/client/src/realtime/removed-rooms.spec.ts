import { aCreated, aMessage, BEN, ROOM } from '../../test/builders.ts';
import { FakeServer } from '../../test/fake-server.ts';
import { AtriumClient } from '../atrium-client.ts';
import type { RealtimeEvents } from './realtime-events.ts';

describe('a room this user is no longer in', () => {
  let server: FakeServer;
  let client: AtriumClient;
  let removed: RealtimeEvents['room.removed'][];
  beforeEach(async () => {
    server = await FakeServer.start();
    client = new AtriumClient({ baseUrl: server.origin, tokenTransport: 'body' });
    client.session.start({ user: {} as never, accessToken: 'token', expiresIn: 900 });
    removed = [];
    client.realtime.on('room.removed', (data) => removed.push(data));
    const ready = client.realtime.once('ready');
    client.realtime.open();
    await ready;
  });
  afterEach(async () => {
    client.session.end('signed_out');
    await server.stop();
  });

  const say = (seq: number) => aCreated(aMessage(seq, { authorId: BEN }));
  const again = async () => {
    const ready = client.realtime.once('ready');
    for (const socket of server.sockets) socket.terminate();
    await ready;
  };

  it('is told of once, with the reason, when the server says so', async () => {
    const told = client.realtime.once('room.removed');
    server.push('room.removed', { roomId: ROOM, reason: 'kicked' });
    await told;
    expect(removed).toEqual([{ roomId: ROOM, reason: 'kicked' }]);
    server.isMember = false;
    await again();
    expect(removed).toHaveLength(1);
  });

  it.each([403, 404])('is told of when filling a hole in its log is answered with %i', async (status) => {
    server.routes.set('GET /api/rooms/*/events', () => ({ status, body: { detail: 'no' } }));
    const told = client.realtime.once('room.removed');
    server.append(say, false);
    server.append(say);
    await expect(told).resolves.toEqual({ roomId: ROOM });
    expect(client.realtime.seqOf(ROOM)).toBeUndefined();
  });

  it('is told of when it is missing after a break', async () => {
    server.isMember = false;
    const told = client.realtime.once('room.removed');
    await again();
    await expect(told).resolves.toEqual({ roomId: ROOM });
  });
});
