import { freePort } from '../../tools/local/ports.ts';
import type { Engine } from './engine.ts';

const PROGRAM = `
  const { connect, createServer } = require('node:net');
  for (const [port, host, at] of JSON.parse(process.argv[1]))
    createServer((socket) => {
      const other = connect(at, host);
      for (const [one, two] of [[socket, other], [other, socket]]) one.on('error', () => two.destroy()).on('close', () => two.destroy()).pipe(two);
    }).listen(port);`;

/** Brings servers whose networks reach nothing outside to ports of this machine's loopback, for whoever checks what they hold. */
export class Relay {
  readonly #engine: Engine;
  readonly #name: string;
  readonly ports: ReadonlyMap<string, number>;

  private constructor(engine: Engine, name: string, ports: ReadonlyMap<string, number>) {
    this.#engine = engine;
    this.#name = name;
    this.ports = ports;
  }

  /** @param servers by name, where each is on which network */
  static async to(engine: Engine, name: string, servers: Record<string, { port: number; network: string }>): Promise<Relay> {
    const entries = Object.entries(servers);
    const ports = new Map(await Promise.all(entries.map(async ([host]) => [host, await freePort()] as const)));
    const wires = JSON.stringify(entries.map(([host, { port }]) => [port, host, port]));
    const published = entries.flatMap(([host, { port }]) => ['--publish', `127.0.0.1:${ports.get(host)}:${port}`]);
    await engine.docker(['run', '--detach', '--rm', '--name', name, ...published, 'node:24-slim', 'node', '-e', PROGRAM, wires]);
    for (const [, { network }] of entries) await engine.docker(['network', 'connect', network, name]);
    return new Relay(engine, name, ports);
  }

  async close(): Promise<void> {
    await this.#engine.docker(['rm', '--force', this.#name]);
  }
}
