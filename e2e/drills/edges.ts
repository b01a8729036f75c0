import type { Between, Reroute } from '../../tools/local/stack.ts';
import { readStackFile } from '../../tools/local/stack-file.ts';
import { Refusal } from '../../tools/local/refusal.ts';
import { FaultProxy } from './fault-proxy.ts';

interface Edge {
  process: string;
  server: string;
  proxy: FaultProxy;
}

/** The wires from every process of a stack to every server that it is told of, and between the nodes of one that is a cluster. */
export class Edges implements Between {
  readonly #edges: Edge[] = [];
  readonly #routes: { ends: [string, string]; proxy: FaultProxy }[] = [];
  readonly #stackFile: string;

  constructor(stackFile: string) {
    this.#stackFile = stackFile;
  }

  readonly reroute: Reroute = async (process, env) => {
    const rerouted = { ...env };
    for (const [name, value = ''] of Object.entries(env)) {
      // Of a cluster there are several addresses, joined by commas.
      for (const [, port] of value.matchAll(/(?:^|,)[a-z]+:\/\/(?:[^@/,]*@)?(?:127\.0\.0\.1|localhost):(\d+)/g)) {
        const server = this.#serverAt(Number(port));
        if (!server) continue;
        const proxy = await this.#edge(process, server, Number(port));
        rerouted[name] = rerouted[name]!.replace(`:${port}`, `:${proxy.port}`);
      }
    }
    return rerouted;
  };

  readonly rewire = async (from: string, to: string, port: number): Promise<number> => {
    const proxy = await FaultProxy.to(port);
    this.#routes.push({ ends: [from, to], proxy });
    return proxy.port;
  };

  /** The wires between a node and the others of its cluster, whoever made the connection. */
  routesOf(node: string): FaultProxy[] {
    const found = this.#routes.filter(({ ends }) => ends.includes(node));
    if (found.length === 0) throw new Refusal(`${node} is no node of a cluster: give --nats 3.`);
    return found.map(({ proxy }) => proxy);
  }

  /** Another wire to a port; those that share a name are found together. */
  async add(process: string, server: string, port: number): Promise<FaultProxy> {
    const proxy = await FaultProxy.to(port);
    this.#edges.push({ process, server, proxy });
    return proxy;
  }

  /** `postgres` is every wire to it, `messages/postgres` that of one process. */
  find(name: string): FaultProxy[] {
    const [server, process] = name.split('/').reverse();
    const found = this.#edges.filter((edge) => edge.server === server && (process === undefined || edge.process === process));
    if (found.length === 0) throw new Error(`no process has a wire called ${name}`);
    return found.map(({ proxy }) => proxy);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#edges, ...this.#routes].map(({ proxy }) => proxy.close()));
  }

  async #edge(process: string, server: string, port: number): Promise<FaultProxy> {
    const known = this.#edges.find((edge) => edge.process === process && edge.server === server);
    return known?.proxy ?? this.add(process, server, port);
  }

  #serverAt(port: number): string | undefined {
    return readStackFile(this.#stackFile)?.processes.find(({ kind, ports }) => kind === 'server' && ports.includes(port))?.name;
  }
}
