import { cleanUp, waitFor } from '@atrium/testing';
import { TestClient } from '../../test/client.ts';
import { Harness } from '../../test/harness.ts';

describe('the timeline over the socket', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(cleanUp);

  it('acknowledges a message after it was stored, and shows it to everyone in the room once', async () => {
    const { services } = harness;
    const [ann, bob] = [services.aPerson(), services.aPerson()];
    const room = services.aRoom([ann, bob]);
    const [a, b] = [await harness.connect(ann), await harness.connect(bob)];
    a.send('message.send', { roomId: room.record.id, clientId: 'c1', body: 'hello' }, 'x1');
    const ack = await a.ack('x1');
    expect(ack).toMatchObject({ seq: 1 });
    await Promise.all([a.heard(room.record.id, 1), b.heard(room.record.id, 1)]);
    expect(a.seqs(room.record.id)).toEqual([1]);
    expect(b.seqs(room.record.id)).toEqual([1]);
  });

  it('brings what came out of order in order, and reads what never came', async () => {
    const { services } = harness;
    const ann = services.aPerson();
    const room = services.aRoom([ann]);
    const client = await harness.connect(ann);
    const [one, two, , , five] = services.store(room, 'one', 'two', 'three', 'four', 'five');
    services.publish(room, [two!]);
    services.publish(room, [one!]);
    services.publish(room, [two!]);
    services.publish(room, [five!]);
    await client.heard(room.record.id, 5);
    expect(client.seqs(room.record.id)).toEqual([1, 2, 3, 4, 5]);
  });

  it('reads entries again when an answer has a hole in it', async () => {
    const { services } = harness;
    const ann = services.aPerson();
    const room = services.aRoom([ann]);
    const client = await harness.connect(ann);
    const [, , , four] = services.store(room, 'one', 'two', 'three', 'four');
    room.hidden = 2;
    services.publish(room, [four!]);
    await client.heard(room.record.id, 4);
    expect(client.seqs(room.record.id)).toEqual([1, 2, 3, 4]);
  });

  it('reads the log once for all who come back to the same place at the same time', async () => {
    const { services } = harness;
    const people = Array.from({ length: 8 }, () => services.aPerson());
    const room = services.aRoom(people);
    services.store(room, 'one', 'two', 'three');
    services.calls.length = 0;
    const countOf = (call: string) => services.calls.filter((made) => made === call).length;
    const listed = services.hold();
    const connecting = people.map((person) => harness.connect(person, { rooms: { [room.record.id]: 1 } }));
    await waitFor(() => countOf('listJoined') === people.length);
    listed();
    const replayed = services.hold();
    const clients = await Promise.all(connecting);
    for (const client of clients) client.send('ping', {}, 'p');
    await Promise.all(clients.map((client) => client.next('pong')));
    replayed();
    await Promise.all(clients.map((client) => client.heard(room.record.id, 3)));
    for (const client of clients) expect(client.seqs(room.record.id)).toEqual([2, 3]);
    expect(countOf('replay')).toBe(1);
  });

  it('sends what was missed since the seq the client names, and what comes meanwhile, without a hole', async () => {
    const { services } = harness;
    const ann = services.aPerson();
    const room = services.aRoom([ann]);
    services.store(room, ...Array.from({ length: 250 }, (_, index) => `old ${index}`));
    const connecting = harness.connect(ann, { rooms: { [room.record.id]: 40 } });
    for (let index = 0; index < 30; index++) services.publish(room, services.store(room, `new ${index}`));
    const client = await connecting;
    await client.heard(room.record.id, 280);
    expect(client.seqs(room.record.id)).toEqual(Array.from({ length: 240 }, (_, index) => index + 41));
    expect(client.frames[0]?.event).toBe('ready');
  });

  it('tells a client to load anew when it is too far behind or knows another incarnation', async () => {
    const { services } = harness;
    const ann = services.aPerson();
    const [far, other, near] = [services.aRoom([ann]), services.aRoom([ann]), services.aRoom([ann])];
    services.store(far, ...Array.from({ length: 1001 }, () => 'x'));
    services.store(other, 'x', 'y');
    services.store(near, 'x', 'y');
    const client = await harness.connect(ann, {
      rooms: { [far.record.id]: 0, [other.record.id]: 1, [near.record.id]: 1 },
      epochs: { [other.record.id]: 'another', [near.record.id]: near.epoch },
    });
    const ready = await client.next('ready');
    expect((ready['reset'] as string[]).sort()).toEqual([far.record.id, other.record.id].sort());
    await client.heard(near.record.id, 2);
    services.publish(far, services.store(far, 'live'));
    await client.heard(far.record.id, 1002);
    expect(client.seqs(far.record.id)).toEqual([1002]);
    expect(client.seqs(other.record.id)).toEqual([]);
  });

  it('gives a removed person everything up to the removal and nothing after it', async () => {
    const { services } = harness;
    const [ann, bob] = [services.aPerson(), services.aPerson()];
    const room = services.aRoom([ann, bob]);
    const [a, b] = [await harness.connect(ann), await harness.connect(bob)];
    services.publish(room, services.store(room, 'before'));
    services.kick(room, bob);
    services.publish(room, services.store(room, 'after'));
    await a.heard(room.record.id, 3);
    expect(await b.next('room.removed')).toEqual({ roomId: room.record.id, reason: 'kicked' });
    services.publish(room, services.store(room, 'later'));
    await a.heard(room.record.id, 4);
    expect(b.seqs(room.record.id)).toEqual([1, 2]);
    expect(a.seqs(room.record.id)).toEqual([1, 2, 3, 4]);
  });

  it('sends the entries of one turn in one frame', async () => {
    const { services } = harness;
    const ann = services.aPerson();
    const room = services.aRoom([ann]);
    const client = await harness.connect(ann);
    for (let index = 0; index < 50; index++) services.publish(room, services.store(room, `n ${index}`));
    await client.heard(room.record.id, 50);
    expect(client.seqs(room.record.id)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    // They cross another process, which may pass them on in a few portions, each a turn of its own.
    expect(client.all('timeline').length).toBeLessThanOrEqual(10);
  });

  it('refuses a message with an error that has the id of its frame and a code', async () => {
    const { services } = harness;
    const [ann, bob] = [services.aPerson(), services.aPerson()];
    const room = services.aRoom([bob]);
    const client = await harness.connect(ann);
    client.send('message.send', { roomId: room.record.id, clientId: 'c1', body: 'hello' }, 'x1');
    expect(await client.refusal('x1')).toMatchObject({ code: 'room_not_found', status: 404 });
    client.send('message.send', { roomId: 'nowhere', clientId: 'c1', body: 'hello' }, 'x2');
    expect(await client.refusal('x2')).toMatchObject({ code: 'validation_failed', errors: [{ path: 'roomId' }] });
  });

  it('sends the messages of one turn to the messages service in one bus message', async () => {
    const { services } = harness;
    const ann = services.aPerson();
    const room = services.aRoom([ann]);
    const client = await harness.connect(ann);
    services.calls.length = 0;
    for (let index = 0; index < 10; index++)
      client.send('message.send', { roomId: room.record.id, clientId: `c${index}`, body: 'x' }, `m${index}`);
    await waitFor(() => client.all('ack').length === 10);
    expect(services.calls.filter((call) => call.startsWith('send'))).toEqual(['send×10']);
  });

  it('lets go of a client that does not read, and keeps the others level', async () => {
    const { services } = harness;
    const [ann, bob] = [services.aPerson(), services.aPerson()];
    const room = services.aRoom([ann, bob]);
    const [slow, quick] = [await harness.connect(ann), await harness.connect(bob)];
    slow.socket.pause();
    const body = 'x'.repeat(100_000);
    let sent = 0;
    await waitFor(
      async () => {
        services.publish(room, services.store(room, body));
        await quick.heard(room.record.id, ++sent);
        return services.presence.some(({ userId, status }) => userId === ann.userId && status === 'offline');
      },
      { what: 'the slow client to be let go', withinMs: 15_000 },
    );
    expect(quick.seqs(room.record.id)).toEqual(Array.from({ length: sent }, (_, index) => index + 1));
  }, 20_000);

  it('brings a client level that reads slowly, however long the messages it missed', async () => {
    const { services } = harness;
    const ann = services.aPerson();
    const rooms = Array.from({ length: 4 }, () => services.aRoom([ann]));
    for (const room of rooms) services.store(room, ...Array.from({ length: 100 }, () => '😀'.repeat(10_000)));
    const client = new TestClient(harness.socketUrl);
    await client.opened();
    client.readSlowly();
    client.send('auth', { token: await services.token(ann), rooms: Object.fromEntries(rooms.map(({ record }) => [record.id, 0])) });
    await Promise.all(rooms.map(({ record }) => client.heard(record.id, 100, 20_000)));
    for (const { record } of rooms) expect(client.seqs(record.id)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(client.closeCode).toBeUndefined();
  }, 30_000);

  it('catches up as the person it is where history begins with joining', async () => {
    const { services } = harness;
    const ann = services.aPerson();
    const room = services.aRoom([ann], { historyVisibility: 'since_join' });
    services.store(room, ...Array.from({ length: 150 }, (_, index) => `n ${index}`));
    room.visibleFrom = 21;
    const client = await harness.connect(ann, { rooms: { [room.record.id]: 3 } });
    await client.heard(room.record.id, 150);
    services.publish(room, services.store(room, 'live'));
    await client.heard(room.record.id, 151);
    expect(client.seqs(room.record.id)).toEqual(Array.from({ length: 131 }, (_, index) => index + 21));
  });

  it('misses nothing that comes while it is told that all before is hidden', async () => {
    const { services } = harness;
    const ann = services.aPerson();
    const room = services.aRoom([ann], { historyVisibility: 'since_join' });
    services.store(room, ...Array.from({ length: 10 }, (_, index) => `hidden ${index}`));
    room.visibleFrom = 11;
    room.whileRead = () => services.publish(room, services.store(room, 'meanwhile'));
    const client = await harness.connect(ann, { rooms: { [room.record.id]: 3 } });
    await client.heard(room.record.id, 11);
    services.publish(room, services.store(room, 'live'));
    await client.heard(room.record.id, 12);
    expect(client.seqs(room.record.id)).toEqual([11, 12]);
  });
});
