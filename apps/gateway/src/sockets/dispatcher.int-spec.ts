import { cleanUp, waitFor } from '@atrium/testing';
import { TestClient } from '../../test/client.ts';
import { Harness } from '../../test/harness.ts';

describe('the frames of a client', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(cleanUp);

  const opened = async () => {
    const client = new TestClient(harness.socketUrl);
    await client.opened();
    return client;
  };

  it('that arrive before its snapshot was sent are answered in their order, before all that come later', async () => {
    const { services } = harness;
    const ann = services.aPerson();
    const room = services.aRoom([ann]);
    services.store(room, 'missed');
    const token = await services.token(ann);
    const client = await opened();
    const listed = services.hold();
    client.send('auth', { token, rooms: { [room.record.id]: 0 } });
    client.send('ping', {}, 'p1');
    client.send('focus', { roomId: room.record.id }, 'f');
    client.send('auth', { token }, 'again');
    await waitFor(() => services.calls.includes('listJoined'));
    listed();
    const replayed = services.hold();
    await client.next('ready');
    client.send('ping', {}, 'p2');
    await client.next('pong', (_data, id) => id === 'p2');
    expect(client.frames.map(({ event, id }) => id ?? event)).toEqual(['ready', 'p1', 'again', 'f', 'p2']);
    replayed();
    await client.heard(room.record.id, 1);
  });

  it('that arrive before its snapshot was sent are not read into memory without a bound', async () => {
    const { services } = harness;
    const other = await harness.connect(services.aPerson());
    const token = await services.token(services.aPerson());
    const client = await opened();
    const release = services.hold();
    client.send('auth', { token });
    const large = 'x'.repeat(60_000);
    for (let index = 0; index < 400; index++) client.send('message.send', { body: large }, `m${index}`);
    for (let index = 0; index < 50; index++) {
      other.send('ping', {}, `p${index}`);
      await other.next('pong', (_data, id) => id === `p${index}`);
    }
    expect(client.socket.bufferedAmount).toBeGreaterThan(0);
    release();
    await client.next('ready');
  });

  it('that are refused count towards the limit of frames, messages included', async () => {
    const client = await harness.connect(harness.services.aPerson());
    for (let index = 0; index < 100; index++) client.send('message.send', {}, `m${index}`);
    await client.refusal('m99');
    client.send('ping', {}, 'p');
    await client.next('pong');
    for (let index = 0; index < 40; index++) client.send('message.send', {}, `n${index}`);
    expect(await client.closed()).toBe(4429);
  });
});
