import { setTimeout as sleep } from 'node:timers/promises';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { waitFor } from '@atrium/testing';
import { natsServers } from '../../libs/bus/src/nats-servers.ts';
import { say } from '../../tools/local/console.ts';
import { Refusal } from '../../tools/local/refusal.ts';
import type { DrillSystem } from './system.ts';

/** By what each node calls itself: tools/local/servers/nats.ts. */
const NODES = { 'atrium-local-1': 'nats', 'atrium-local-2': 'nats-2', 'atrium-local-3': 'nats-3' };
/** Whether the node that is cut off leads every stream, or none. */
const LEADS: Record<string, boolean> = { leader: true, follower: false };
const LEADS_WITHIN_MS = 60_000;

/** Cuts one node of a cluster off from the others. @param which `leader` of the streams, or a `follower` */
export async function partition(system: DrillSystem, which: string, lastsMs: number): Promise<void> {
  const leads = LEADS[which];
  if (leads === undefined) throw new Refusal(`A partition cuts off the leader or a follower, not ${which}.`);
  const [serverName, node] = nodeOfPeople(system);
  const wires = system.edges.routesOf(node);
  await choose(system, serverName, leads);
  const those = system.file.processes.filter(({ kind, name }) => kind === 'service' && isConnected(system, name, node));
  say(`${node} is cut off, which leads ${leads ? 'every stream' : 'no stream'}, with ${those.map(({ name }) => name).join(', ')}`);
  for (const wire of wires) wire.cut();
  await sleep(lastsMs);
  for (const wire of wires) wire.heal();
}

/** The one by which half of them are served. */
function nodeOfPeople(system: DrillSystem): [string, string] {
  const found = Object.entries(NODES).find(([, node]) => isConnected(system, 'gateway', node));
  if (!found) throw new Error('the gateway is connected to no node');
  return found;
}

const isConnected = (system: DrillSystem, process: string, node: string) =>
  system.edges.find(`${process}/${node}`).some(({ connections }) => connections > 0);

/** Has all streams led by a node, or by the others. */
async function choose(system: DrillSystem, serverName: string, leads: boolean): Promise<void> {
  const connection = await connect(natsServers(system.file.env['NATS_URL']!));
  try {
    const manager = await jetstreamManager(connection);
    for (const name of await manager.streams.names().next())
      await waitFor(
        async () => {
          const leader = await leaderOf(manager, name);
          if (leader !== undefined && (leader === serverName) === leads) return true;
          // Its successor is chosen by the nodes; it may take several turns until it is the one that is wanted.
          if (leader !== undefined) await connection.request(`$JS.API.STREAM.LEADER.STEPDOWN.${name}`);
          return false;
        },
        { withinMs: LEADS_WITHIN_MS, what: `${serverName} ${leads ? 'to lead' : 'not to lead'} ${name}` },
      );
  } finally {
    await connection.close();
  }
}

async function leaderOf(manager: JetStreamManager, name: string): Promise<string | undefined> {
  const { cluster } = await manager.streams.info(name).catch(() => ({ cluster: undefined }));
  return cluster?.leader || undefined;
}
