import { createServer, type AddressInfo, type Server } from 'node:net';
import { freePort, obstacleAt } from './ports.ts';

const listen = (port: number) =>
  new Promise<Server>((resolve) => {
    const server = createServer();
    server.listen(port, '127.0.0.1', () => resolve(server));
  });

describe('the ports of a local stack', () => {
  let server: Server;
  let taken: number;

  beforeEach(async () => {
    server = await listen(await freePort());
    taken = (server.address() as AddressInfo).port;
  });

  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it('tells why nobody else can listen on a taken port', async () => {
    expect(await obstacleAt(taken, '127.0.0.1')).toBe('EADDRINUSE');
  });

  it('sees nothing in the way of a free one, and leaves it free', async () => {
    const port = await freePort();
    expect(await obstacleAt(port, '127.0.0.1')).toBeUndefined();
    expect(await obstacleAt(port, '127.0.0.1')).toBeUndefined();
  });

  it('passes over a port that somebody has taken', async () => {
    const nearly = (taken - 20_000) / 12_000;
    const picks = [nearly + 1e-9, 0.5];
    expect(await freePort(() => picks.shift() ?? Math.random())).not.toBe(taken);
  });

  it('gives no port out twice', async () => {
    const ports = await Promise.all(Array.from({ length: 20 }, () => freePort()));
    expect(new Set(ports).size).toBe(20);
  });
});
