import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A wire between two processes that a drill can make slow, or cut without either side being told. */
export class FaultProxy {
  readonly #server: Server;
  readonly #pairs = new Set<[Socket, Socket]>();
  #delayMs = 0;
  #cut = false;
  #target: number;

  private constructor(target: number) {
    this.#target = target;
    this.#server = createServer((near) => this.#join(near, connect(this.#target, '127.0.0.1')));
  }

  static async to(target: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** How many connections pass it. */
  get connections(): number {
    return this.#pairs.size;
  }

  /** Everything takes so much longer, in each direction. */
  slow(delayMs: number): void {
    this.#delayMs = delayMs;
  }

  /** Nothing passes and nobody is told: what is sent waits, as it does behind a broken switch. */
  cut(): void {
    this.#cut = true;
    for (const pair of this.#pairs) for (const socket of pair) socket.pause();
  }

  heal(): void {
    this.#cut = false;
    this.#delayMs = 0;
    for (const pair of this.#pairs) for (const socket of pair) socket.resume();
  }

  /** Leads to another port from now on; what leads to the one of before ends. */
  moveTo(target: number): void {
    this.#target = target;
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy();
  }

  async close(): Promise<void> {
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #join(near: Socket, far: Socket): void {
    const pair: [Socket, Socket] = [near, far];
    this.#pairs.add(pair);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.setNoDelay(true);
      if (this.#cut) from.pause();
      from.on('data', (chunk: Buffer) => this.#later(() => void to.write(chunk)));
      from.on('end', () => this.#later(() => void to.end()));
      // The other side learns of it by its own closing.
      from.on('error', () => undefined);
      from.on('close', () => {
        this.#pairs.delete(pair);
        to.destroy();
      });
    }
  }

  #later(act: () => void): void {
    if (this.#delayMs === 0) act();
    else setTimeout(act, this.#delayMs);
  }
}
