import { fileEvents } from '@atrium/contracts';
import { aNats, cleanUp, freePort, waitFor, type TestNats } from '@atrium/testing';
import { v7 as uuidv7 } from 'uuid';
import { Bus } from './bus.ts';
import { STREAMS, Streams } from './streams.ts';

const NODES = 3;

/** Nodes that know of each other, once all streams could be made on them. */
async function aCluster(): Promise<TestNats[]> {
  const routes = await Promise.all(Array.from({ length: NODES }, () => freePort()));
  const address = (port: number) => `nats://127.0.0.1:${port}`;
  const nodeOf = (own: number) =>
    aNats([
      ...['--name', `node-${own}`, '--cluster_name', 'atrium', '--cluster', address(own)],
      ...[
        '--routes',
        routes
          .filter((port) => port !== own)
          .map(address)
          .join(),
      ],
    ]);
  return Promise.all(routes.map(nodeOf));
}

describe('a bus on three nodes of NATS', () => {
  let nodes: TestNats[];
  let bus: Bus;
  let streams: Streams;

  beforeAll(async () => {
    nodes = await aCluster();
    const config = nodes[0]!.as('test');
    bus = await Bus.connect('test', { ...config, NATS_URL: nodes.map((node) => node.as('test').NATS_URL).join() });
    streams = await Streams.on(bus, { NATS_REPLICAS: NODES });
    // Until they have found each other and chosen who leads.
    await waitFor(
      () =>
        streams.ensure().then(
          () => true,
          () => false,
        ),
      { what: 'the streams to be made', withinMs: 60_000 },
    );
  }, 120_000);
  afterAll(async () => {
    await bus.close();
    await cleanUp();
  });

  const store = async () => {
    const id = uuidv7();
    // A node that just went leaves the streams without a leader for a moment.
    await waitFor(
      () =>
        streams.client.publish(fileEvents.deleted.subject, '{}', { msgID: id, timeout: 1000 }).then(
          () => true,
          () => false,
        ),
      {
        what: 'an event to be stored',
        withinMs: 60_000,
      },
    );
  };

  it('keeps each stream on all of them', async () => {
    for (const name of Object.keys(STREAMS)) {
      const { config, cluster } = await streams.manager.streams.info(name);
      expect([config.num_replicas, cluster?.replicas?.length]).toEqual([NODES, NODES - 1]);
    }
  });

  it.each([0, 1, 2])(
    'loses nothing and goes on when node %i is killed and comes back',
    async (index) => {
      await store();
      const before = (await streams.manager.streams.info('EVENTS')).state.messages;
      await nodes[index]!.stop('SIGKILL');
      await store();
      await nodes[index]!.start();
      const whole = async () => {
        const { state, cluster } = await streams.manager.streams.info('EVENTS');
        return state.messages === before + 1 && (cluster?.replicas ?? []).every(({ current, offline }) => current && !offline);
      };
      await waitFor(() => whole().catch(() => false), { what: 'the node to have caught up', withinMs: 60_000 });
    },
    90_000,
  );
});
