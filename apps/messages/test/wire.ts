import { onCleanup } from '@atrium/testing';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * The wire of one process to a server, which a test can cut: from then on nothing passes, and nobody connects. It is
 * mended before what was started on it ends, so that this can end in order.
 */
export async function aWire<T>(target: number, start: (port: number) => Promise<T>): Promise<{ started: T; cut: () => void }> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const join = (near: Socket) => {
    if (isCut) return void near.destroy();
    const far = connect(target, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => undefined).on('close', () => to.destroy());
      from.pipe(to);
    }
  };
  const server = createServer(join);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onCleanup(() => void server.close());
  const started = await start((server.address() as AddressInfo).port);
  onCleanup(() => {
    isCut = false;
  });
  const cut = () => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  return { started, cut };
}
