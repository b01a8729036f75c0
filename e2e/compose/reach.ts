import type { Composed } from './composed.ts';
import { serviceOf, type Container } from './container.ts';

const SERVERS = { postgres: 5432, nats: 4222, redis: 6379, s3: 7070 } as const;
type Server = keyof typeof SERVERS;

/** What each container has to reach to do its work. Between them and the world, only these have a way out. */
const NEEDS: Record<string, { servers: Server[]; world: boolean }> = {
  gateway: { servers: ['nats', 'redis', 's3'], world: false },
  accounts: { servers: ['postgres', 'nats'], world: true },
  rooms: { servers: ['postgres', 'nats', 'redis'], world: false },
  messages: { servers: ['postgres', 'nats'], world: true },
  files: { servers: ['postgres', 'nats', 'redis', 's3'], world: true },
  'files-worker': { servers: ['postgres', 'nats', 'redis', 's3'], world: false },
  bot: { servers: ['postgres', 'nats'], world: true },
  proxy: { servers: [], world: true },
  postgres: { servers: [], world: false },
  nats: { servers: [], world: false },
  redis: { servers: [], world: false },
  s3: { servers: [], world: false },
};

const PROGRAM = `
  const { connect } = require('node:net');
  const reaches = ([host, port]) => new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 5000 });
    const end = (answer) => { socket.destroy(); resolve(answer ? [host] : []); };
    socket.on('connect', () => end(true)).on('error', () => end(false)).on('timeout', () => end(false));
  });
  Promise.all(JSON.parse(process.argv[1]).map(reaches)).then((found) => console.log(JSON.stringify(found.flat())));`;

/** The servers that a container can connect to, but for itself. */
async function reachedFrom(composed: Composed, container: Container): Promise<string[]> {
  const others = Object.entries(SERVERS).filter(([server]) => server !== serviceOf(container));
  return JSON.parse(await composed.exec(container, 'node', '-e', PROGRAM, JSON.stringify(others))) as string[];
}

/** Where a container reaches more than it must, or less. @param open the networks that lead to the world */
export async function findReach(composed: Composed, containers: readonly Container[], open: ReadonlySet<string>): Promise<string[]> {
  const differences = await Promise.all(
    containers.map(async (container) => {
      const service = serviceOf(container);
      const needed = NEEDS[service];
      if (!needed) return [`${service} is not in the table of who reaches what`];
      const servers = await reachedFrom(composed, container);
      const world = Object.keys(container.NetworkSettings.Networks).some((network) => open.has(network));
      const more = servers
        .filter((server) => !(needed.servers as string[]).includes(server))
        .map((server) => `${service} reaches ${server}`);
      const less = needed.servers.filter((server) => !servers.includes(server)).map((server) => `${service} does not reach ${server}`);
      return [...more, ...less, ...(world === needed.world ? [] : [`${service} ${world ? 'reaches' : 'does not reach'} the world`])];
    }),
  );
  return differences.flat();
}
