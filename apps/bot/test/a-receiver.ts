import { onCleanup } from '@atrium/testing';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Received = { path: string; headers: IncomingHttpHeaders; body: string };
type Respond = (response: ServerResponse, received: Received) => void;

/** A program that is told by webhooks: keeps what it got, and answers as a test wants. */
export class Receiver {
  readonly received: Received[] = [];
  respond: Respond = (response) => response.end('thanks');

  private constructor(readonly url: string) {}

  static async start(): Promise<Receiver> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const received = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString() };
        receiver.received.push(received);
        receiver.respond(response, received);
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onCleanup(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    const receiver = new Receiver(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    return receiver;
  }

  /** What it was told at a path. */
  at(path: string): Received[] {
    return this.received.filter((one) => one.path === path);
  }
}
