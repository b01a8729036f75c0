import { cleanUp, waitFor } from '@atrium/testing';
import type { TestClient } from '../../test/client.ts';
import { Harness } from '../../test/harness.ts';

describe('the sockets of a person', () => {
  let one: Harness;
  let two: Harness;
  beforeAll(async () => {
    one = await Harness.start();
    two = await one.another();
    for (const gateway of [one, two])
      await waitFor(async () => (await (await gateway.fetch('/health/ready')).text()).includes('"redis":"ok"'), { what: 'Redis' });
  });
  afterAll(cleanUp);

  const open = (clients: TestClient[]) => clients.filter(({ closeCode }) => closeCode === undefined).length;

  it('are twenty over all gateways, and the oldest gives way with 4409 wherever it is', async () => {
    const ann = one.services.aPerson();
    const ben = one.services.aPerson();
    const others = await one.connect(ben);
    const clients: TestClient[] = [];
    for (let index = 0; index < 20; index++) clients.push(await (index % 2 === 0 ? one : two).connect(ann));
    const newest = [await two.connect(ann), await two.connect(ann)];
    expect([await clients[0]!.closed(), await clients[1]!.closed()]).toEqual([4409, 4409]);
    expect([open(clients), open(newest), open([others])]).toEqual([18, 2, 1]);
  });

  it('are free again when they go', async () => {
    const ann = one.services.aPerson();
    const first = await one.connect(ann);
    for (let index = 0; index < 30; index++) {
      const passing = await two.connect(ann);
      passing.socket.close();
      await passing.closed();
    }
    const last = await one.connect(ann);
    expect(open([first, last])).toBe(2);
  });

  it('are twenty at each gateway while Redis is away', async () => {
    const ann = one.services.aPerson();
    await one.servers.redis.stop();
    const clients: TestClient[] = [];
    for (let index = 0; index < 21; index++) clients.push(await one.connect(ann));
    expect(await clients[0]!.closed()).toBe(4409);
    expect(open(clients)).toBe(20);
  });
});
