import { connect, createServer, type AddressInfo } from 'node:net';
import { waitFor } from './wait.ts';

/** A port on loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Resolves once something listens there. */
export async function listening(port: number): Promise<void> {
  await waitFor(() => canConnect(port), { withinMs: 20_000, what: `port ${port} to listen` });
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
