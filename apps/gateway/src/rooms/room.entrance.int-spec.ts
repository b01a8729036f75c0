import { cleanUp, waitFor } from '@atrium/testing';
import { Harness } from '../../test/harness.ts';

describe('entering a room', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(cleanUp);

  it('lets living sockets into a room their user joins, once, with what comes after', async () => {
    const { services } = harness;
    const [ann, bob] = [services.aPerson(), services.aPerson()];
    const room = services.aRoom([bob]);
    services.store(room, 'before');
    const client = await harness.connect(ann);
    await services.join(room, ann);
    expect(await client.next('room.joined')).toMatchObject({ room: { id: room.record.id, lastSeq: 1, me: { role: 'member' } } });
    services.publish(room, services.store(room, 'after'));
    await client.heard(room.record.id, 2);
    expect(client.seqs(room.record.id)).toEqual([2]);
  });

  it('keeps out of a room whom it was taken from while their sockets were let in', async () => {
    const { services } = harness;
    const [ann, bob] = [services.aPerson(), services.aPerson()];
    const room = services.aRoom([bob]);
    const [a, b] = [await harness.connect(ann), await harness.connect(bob)];
    services.beforeActivity = () => services.kick(room, ann);
    await services.join(room, ann);
    await b.heard(room.record.id, 1);
    let asked = 0;
    const isOutside = async () => {
      a.send('focus', { roomId: room.record.id }, `f${++asked}`);
      return (await waitFor(() => a.frames.find(({ id }) => id === `f${asked}`)?.event)) === 'error';
    };
    await waitFor(isOutside, { what: 'the gateway to let go of the newcomer' });
    services.publish(room, services.store(room, 'after'));
    await b.heard(room.record.id, 2);
    a.send('ping', {}, 'p');
    expect(await a.next('pong')).toEqual({ heads: {} });
    expect([...a.all('room.joined'), ...a.all('timeline')]).toEqual([]);
  });
});
