import { createServer } from 'node:net';

// Below the range from which systems take the local ends of outgoing connections: a server that
// restarts must find its port as it left it.
const FIRST = 20_000;
const COUNT = 12_000;

/** What stands in the way of listening there (`EADDRINUSE`, `EACCES`…), found by trying; undefined when nothing does. */
export function obstacleAt(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

const given = new Set<number>();

/** A port on loopback that nobody listens on and that this process has not given out before. */
export async function freePort(random: () => number = Math.random): Promise<number> {
  for (let tries = 0; tries < 200; tries += 1) {
    const port = FIRST + Math.floor(random() * COUNT);
    if (given.has(port)) continue;
    given.add(port);
    if (!(await obstacleAt(port, '127.0.0.1'))) return port;
  }
  throw new Error(`No free port between ${FIRST} and ${FIRST + COUNT} on 127.0.0.1.`);
}

/** The first of so many ports in a row that nobody listens on. */
export async function freePortsInARow(count: number): Promise<number> {
  for (let tries = 0; tries < 200; tries += 1) {
    const first = await freePort();
    const others = Array.from({ length: count - 1 }, (_, index) => first + index + 1);
    const obstacles = await Promise.all(others.map((port) => obstacleAt(port, '127.0.0.1')));
    if (obstacles.every((obstacle) => obstacle === undefined)) return first;
  }
  throw new Error(`No ${count} free ports in a row on 127.0.0.1.`);
}
