import { onCleanup } from '@atrium/testing';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A line to a server that breaks when it is told to, like a cable that somebody trips over. */
export class CutLine {
  readonly #open = new Set<Socket>();
  #left = Number.POSITIVE_INFINITY;
  #isDown = false;

  private constructor(readonly url: string) {}

  static async to(target: string): Promise<CutLine> {
    const { hostname, port } = new URL(target);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const line = new CutLine(`http://localhost:${(server.address() as AddressInfo).port}`);
    server.on('connection', (client) => line.#join(client, connect(Number(port), hostname)));
    onCleanup(() => {
      line.cut();
      server.close();
    });
    return line;
  }

  /** Breaks once so many more bytes have gone to the server; until `mend`, nobody gets through. */
  cutAfter(bytes: number): void {
    this.#left = bytes;
  }

  cut(): void {
    this.#isDown = true;
    for (const socket of this.#open) socket.destroy();
  }

  mend(): void {
    this.#left = Number.POSITIVE_INFINITY;
    this.#isDown = false;
  }

  get isDown(): boolean {
    return this.#isDown;
  }

  #join(client: Socket, server: Socket): void {
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#open.add(one);
      one.on('error', () => other.destroy()).on('close', () => void (this.#open.delete(one) && other.destroy()));
    }
    if (this.#isDown) return void client.destroy();
    server.pipe(client);
    client.on('data', (bytes: Buffer) => {
      this.#left -= bytes.length;
      if (this.#left <= 0) return this.cut();
      if (!server.write(bytes)) client.pause();
    });
    server.on('drain', () => client.resume());
    client.on('end', () => server.end());
  }
}
