import { cleanUp, waitFor } from '@atrium/testing';
import { Harness } from '../../test/harness.ts';

describe('an entry that is lost on the bus', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(cleanUp);

  it('is read back for sixteen rooms at a time, however many are behind', async () => {
    const { services } = harness;
    const ann = services.aPerson();
    const rooms = Array.from({ length: 300 }, () => services.aRoom([ann]));
    const client = await harness.connect(ann);
    const release = services.hold();
    for (const room of rooms) services.publish(room, services.store(room, 'lost', 'heard').slice(1));
    const replays = () => services.calls.filter((call) => call === 'replay').length;
    await waitFor(() => replays() >= 16);
    client.send('ping', {});
    await client.next('pong');
    expect(replays()).toBe(16);
    release();
    for (const { record } of rooms) await client.heard(record.id, 2);
    for (const { record } of rooms) expect(client.seqs(record.id)).toEqual([1, 2]);
    expect(replays()).toBe(300);
  });

  it('is read back within seconds when it was the last entry and nobody told of it', async () => {
    const { services } = harness;
    const ann = services.aPerson();
    const room = services.aRoom([ann]);
    const client = await harness.connect(ann);
    services.store(room, 'never told');
    await client.heard(room.record.id, 1, 8000);
  }, 10_000);
});
