import proxyAddr from '@fastify/proxy-addr';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** With or without a port: some proxies write the one they were called from. */
const WITH_PORT = /^(?:\[([0-9a-f:.]+)\]|(\d+\.\d+\.\d+\.\d+))(?::\d+)?$/i;

/** An old value of the setting, which believed whatever a client wrote. It names no proxy, so nobody is believed. */
export const EVERYBODY = 'on';

/**
 * The proxies in front of this door. `X-Forwarded-*` is written by whoever wants to: only what a trusted proxy added is
 * believed, and the address of a client is the last one that no trusted proxy has.
 */
export class TrustedProxies {
  readonly trusts: (address: string) => boolean;

  /** @param names addresses, networks, or `loopback`, `linklocal`, `uniquelocal` */
  constructor(names: readonly string[]) {
    const proxies = names.filter((name) => name !== EVERYBODY);
    const trusts = proxies.length > 0 ? proxyAddr.compile(proxies) : () => false;
    this.trusts = (address) => isIP(address) !== 0 && trusts(address, 0);
  }

  addressOf(request: IncomingMessage): string {
    let address = request.socket.remoteAddress ?? '';
    for (const before of this.listOf(request, 'x-forwarded-for').reverse()) {
      const written = addressIn(before);
      // Anything but an address was written by someone who wants to be many.
      if (!this.trusts(address) || written === undefined) break;
      address = written;
    }
    return address;
  }

  /** The host that the client asked for. */
  hostOf(request: IncomingMessage): string | undefined {
    return (this.isBehindProxy(request) ? this.listOf(request, 'x-forwarded-host').at(-1) : undefined) ?? request.headers.host;
  }

  private isBehindProxy(request: IncomingMessage): boolean {
    return this.trusts(request.socket.remoteAddress ?? '');
  }

  private listOf(request: IncomingMessage, header: 'x-forwarded-for' | 'x-forwarded-host'): string[] {
    const given = request.headers[header];
    if (given === undefined) return [];
    return String(given)
      .split(',')
      .map((item) => item.trim());
  }
}

function addressIn(written: string): string | undefined {
  const [, v6, v4] = WITH_PORT.exec(written) ?? [];
  const address = v6 ?? v4 ?? written;
  return isIP(address) === 0 ? undefined : address;
}

const WORDS: ReadonlySet<string> = new Set(['loopback', 'linklocal', 'uniquelocal', EVERYBODY]);

/** Whether all of these are proxies: names of ranges, addresses, or networks. A number of hops says nothing about who they are. */
export function nameProxies(names: readonly string[]): boolean {
  if (!names.every((name) => WORDS.has(name) || isIP(name.split('/')[0]!) !== 0)) return false;
  try {
    new TrustedProxies(names);
    return true;
  } catch {
    return false;
  }
}
