import { ROOM } from '../../test/builders.ts';
import type { FakeServer } from '../../test/fake-server.ts';
import { type Line, aLine } from '../../test/line.ts';
import type { Realtime } from './realtime.ts';

describe('sending', () => {
  let line: Line;
  let server: FakeServer;
  let realtime: Realtime;
  let online: Line['online'];
  beforeEach(async () => {
    line = await aLine();
    ({ server, realtime, online } = line);
  });
  afterEach(() => line.stop());

  it('takes what it sent as arrived when its room starts over behind it', async () => {
    await online();
    server.pushesWhatIsSent = false;
    const { clientId } = realtime.send({ roomId: ROOM, body: 'in the part that is skipped' });
    await realtime.outbox.receipt(clientId);
    expect(realtime.outbox.snapshot()).toMatchObject([{ state: 'sent' }]);
    server.reset = [ROOM];
    const reset = realtime.once('reset');
    for (const socket of server.sockets) socket.terminate();
    await reset;
    expect(realtime.outbox.snapshot()).toEqual([]);
  });

  it('sends a message and settles its receipt', async () => {
    await online();
    const { clientId } = realtime.send({ roomId: ROOM, body: 'hello' });
    await expect(realtime.outbox.receipt(clientId)).resolves.toMatchObject({ seq: 1 });
    expect(realtime.outbox.snapshot()).toEqual([]);
  });

  it('keeps what is written offline and sends it once, in order', async () => {
    const items = ['one', 'two', 'three'].map((body) => realtime.send({ roomId: ROOM, body }));
    // Who we are is known only now; nothing written before may be lost by that.
    await online();
    await server.until(() => server.log.length === 3);
    expect(server.log.map((entry) => entry.type === 'message.created' && entry.message.clientId)).toEqual(
      items.map(({ clientId }) => clientId),
    );
  });

  it('sends again with the same clientId when no acknowledgement came, and the message is there once', async () => {
    await online();
    server.swallowAcks = true;
    const { clientId } = realtime.send({ roomId: ROOM, body: 'only once' });
    await server.until(() => server.log.length === 1);
    const receipt = realtime.outbox.receipt(clientId);
    server.swallowAcks = false;
    for (const socket of server.sockets) socket.terminate();
    await expect(receipt).resolves.toMatchObject({ seq: 1 });
    expect(server.log).toHaveLength(1);
    expect(server.framesOf('message.send').every((frame) => frame.data.clientId === clientId)).toBe(true);
  });

  it('shows a refused message as failed, and sends it when asked again', async () => {
    await online();
    server.refuseWith = { code: 'muted', title: 'Muted', detail: 'You are muted', status: 403 };
    const { clientId } = realtime.send({ roomId: ROOM, body: 'hm' });
    await expect(realtime.outbox.receipt(clientId)).rejects.toMatchObject({ code: 'muted' });
    expect(realtime.outbox.snapshot()).toMatchObject([{ clientId, state: 'failed', error: { detail: 'You are muted' } }]);
    server.refuseWith = undefined;
    realtime.outbox.retry(clientId);
    await expect(realtime.outbox.receipt(clientId)).resolves.toMatchObject({ seq: 1 });
  });

  it('keeps trying while the service is away', async () => {
    await online();
    server.refuseWith = { code: 'service_unavailable', title: 'Away', detail: 'Away', status: 503 };
    const { clientId } = realtime.send({ roomId: ROOM, body: 'patience' });
    const receipt = realtime.outbox.receipt(clientId);
    await server.until(() => server.framesOf('message.send').length === 1);
    server.refuseWith = undefined;
    await expect(receipt).resolves.toMatchObject({ seq: 1 });
  });

  it('keeps the order in which it was written while the service fails now and then', async () => {
    await online();
    const away = { code: 'service_unavailable', title: 'Away', detail: 'Away', status: 503 } as const;
    server.refusals = [undefined, away, undefined, away, away, undefined, undefined, away];
    const bodies = [...Array(9).keys()].map(String);
    const receipts = bodies.map((body) => realtime.outbox.receipt(realtime.send({ roomId: ROOM, body }).clientId));
    await Promise.all(receipts);
    expect(server.log.map((entry) => entry.type === 'message.created' && entry.message.body)).toEqual(bodies);
  });
});
