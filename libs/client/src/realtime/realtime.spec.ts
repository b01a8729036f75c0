import { aCreated, aJoin, aMessage, BEN, ROOM } from '../../test/builders.ts';
import type { FakeServer } from '../../test/fake-server.ts';
import { type Line, aLine } from '../../test/line.ts';
import type { ConnectionState } from './connection.ts';
import type { Realtime } from './realtime.ts';

describe('what a client hears live', () => {
  let line: Line;
  let server: FakeServer;
  let realtime: Realtime;
  let online: Line['online'];
  let seen: number[];
  let renewals: number;

  beforeEach(async () => {
    renewals = 0;
    line = await aLine(() => Promise.resolve(`renewed-${++renewals}`));
    ({ server, realtime, online } = line);
    seen = [];
    realtime.on('timeline', ({ entries }) => seen.push(...entries.map((entry) => entry.seq)));
  });
  afterEach(() => line.stop());

  const stateNamed = (name: ConnectionState['name']): Promise<ConnectionState> =>
    new Promise((resolve) => {
      const off = realtime.on('state', (state) => {
        if (state.name !== name) return;
        off();
        resolve(state);
      });
    });
  const seenUpTo = (seq: number): Promise<void> =>
    new Promise((resolve) => {
      const off = realtime.on('timeline', () => {
        if (!seen.includes(seq)) return;
        off();
        resolve();
      });
    });
  const say = (seq: number) => aCreated(aMessage(seq, { authorId: BEN }));

  it('hands out entries in order, each once', async () => {
    await online();
    const done = seenUpTo(3);
    server.append(say);
    server.append(say);
    server.push('timeline', { roomId: ROOM, entries: [server.log[0]!, server.log[1]!] });
    server.append(aJoin);
    await done;
    expect(seen).toEqual([1, 2, 3]);
  });

  it('fills a hole from the log before it goes on', async () => {
    await online();
    const done = seenUpTo(4);
    server.append(say);
    server.append(say, false);
    server.append(say, false);
    server.append(say);
    await done;
    expect(seen).toEqual([1, 2, 3, 4]);
  });

  it('keeps asking for a hole while the log is away', async () => {
    await online();
    const events = server.routes.get('GET /api/rooms/*/events')!;
    let refusals = 0;
    server.routes.set('GET /api/rooms/*/events', (request) =>
      refusals++ < 1 ? { status: 503, body: { code: 'service_unavailable', detail: 'away' } } : events(request),
    );
    const done = seenUpTo(2);
    server.append(say, false);
    server.append(say);
    await done;
    expect(seen).toEqual([1, 2]);
  });

  it('notices a lost last entry by the heads that come with the heartbeat', async () => {
    server.heartbeatSeconds = 0.05;
    await online();
    const done = seenUpTo(1);
    server.append(say, false);
    await done;
    expect(seen).toEqual([1]);
  });

  it('resumes after a break where it was, and misses nothing', async () => {
    await online();
    const first = seenUpTo(1);
    server.append(say);
    await first;
    const again = seenUpTo(3);
    for (const socket of server.sockets) socket.terminate();
    server.append(say, false);
    server.append(say, false);
    await again;
    expect(seen).toEqual([1, 2, 3]);
    expect(server.framesOf('auth').at(-1)?.data).toMatchObject({ rooms: { [ROOM]: 1 }, epochs: { [ROOM]: server.room.epoch } });
  });

  it('says that a room must be loaded anew, and goes on from its head', async () => {
    await online();
    for (let count = 0; count < 3; count += 1) server.append(say, false);
    server.reset = [ROOM];
    const reset = realtime.once('reset');
    for (const socket of server.sockets) socket.terminate();
    await expect(reset).resolves.toEqual({ roomId: ROOM });
    const done = seenUpTo(4);
    server.append(say);
    await done;
    expect(seen).toEqual([4]);
  });

  it('renews a refused token before it comes back', async () => {
    await online();
    const ready = realtime.once('ready');
    for (const socket of server.sockets) socket.close(4401);
    await ready;
    expect(server.framesOf('auth').at(-1)?.data.token).toBe('renewed-1');
  });

  it.each([
    [4403, 'revoked'],
    [4409, 'superseded'],
  ])('does not come back by itself after %i', async (code, reason) => {
    await online();
    const stopped = stateNamed('stopped');
    for (const socket of server.sockets) socket.close(code);
    await expect(stopped).resolves.toEqual({ name: 'stopped', reason });
  });

  it('comes back after a restart that was announced', async () => {
    await online();
    const ready = realtime.once('ready');
    server.push('restarting', { withinMs: 5 });
    await ready;
    expect(server.framesOf('auth')).toHaveLength(2);
  });

  it('gives a silent line up and opens another', async () => {
    server.heartbeatSeconds = 0.05;
    server.answersPings = false;
    await online();
    await realtime.once('ready');
    expect(server.framesOf('auth').length).toBeGreaterThan(1);
  });

  it('tells a new socket what was in focus and how far was read meanwhile', async () => {
    await online();
    realtime.focus(ROOM);
    await server.until(() => server.framesOf('focus').length === 1);
    const waiting = stateNamed('waiting');
    for (const socket of server.sockets) socket.terminate();
    await waiting;
    realtime.read(ROOM, 5);
    realtime.read(ROOM, 7);
    realtime.read(ROOM, 6);
    await server.until(() => server.framesOf('read').length === 1);
    expect(server.framesOf('read').map(({ data }) => data.seq)).toEqual([7]);
    expect(server.framesOf('focus').map(({ data }) => data.roomId)).toEqual([ROOM, ROOM]);
  });

  it('says when the server has the room in focus, for each socket anew', async () => {
    await online();
    const first = realtime.once('focused');
    realtime.focus(ROOM);
    await expect(first).resolves.toEqual({ roomId: ROOM });
    const second = realtime.once('focused');
    for (const socket of server.sockets) socket.terminate();
    await expect(second).resolves.toEqual({ roomId: ROOM });
  });

  it('says nothing of a room that was left before the server had it in focus', async () => {
    await online();
    const seenRooms: string[] = [];
    realtime.on('focused', ({ roomId }) => seenRooms.push(roomId));
    realtime.focus(ROOM);
    realtime.focus(null);
    const again = realtime.once('focused');
    realtime.focus(server.room.id);
    await again;
    expect(seenRooms).toEqual([ROOM]);
  });

  it('asks once more for the focus in a room that the socket had not entered yet', async () => {
    server.isMember = false;
    await online();
    realtime.focus(ROOM);
    await server.until(() => server.framesOf('focus').length === 1);
    server.isMember = true;
    const focused = realtime.once('focused');
    server.push('room.joined', { room: server.room });
    await expect(focused).resolves.toEqual({ roomId: ROOM });
    server.push('room.joined', { room: server.room });
    realtime.focus(null);
    await server.until(() => server.framesOf('focus').length >= 3);
    expect(server.framesOf('focus').map(({ data }) => data.roomId)).toEqual([ROOM, ROOM, null]);
  });
});
