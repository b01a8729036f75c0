import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';

/** What Fastify calls networks that everyone has. */
const NAMED: Record<string, string[]> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

export type ReadAddress = (request: IncomingMessage) => string;

/** Tells where an upgrade comes from, believing the proxies that `GATEWAY_TRUST_PROXY` names: as Fastify tells it of requests. */
export function addressReader(setting: string): ReadAddress {
  if (setting === 'off') return remoteOf;
  const trusts = setting === 'on' ? () => true : trustIn(setting);
  return (request) => {
    let address = remoteOf(request);
    for (const before of forwardedFor(request)) {
      // Anything but an address was written by someone who wants to be many.
      if (!trusts(address) || isIP(before) === 0) return address;
      address = before;
    }
    return address;
  };
}

const remoteOf = (request: IncomingMessage): string => request.socket.remoteAddress ?? '';

/** Whom each proxy had before it, the nearest first. */
function forwardedFor(request: IncomingMessage): string[] {
  const given = request.headers['x-forwarded-for'];
  return typeof given === 'string'
    ? given
        .split(',')
        .map((address) => address.trim())
        .reverse()
    : [];
}

function trustIn(setting: string): (address: string) => boolean {
  const trusted = new BlockList();
  for (const item of setting.split(',').flatMap((name) => NAMED[name.trim()] ?? [name.trim()])) {
    const [network = '', prefix] = item.split('/');
    const family = familyOf(network);
    if (prefix === undefined) trusted.addAddress(network, family);
    else trusted.addSubnet(network, Number(prefix), family);
  }
  return (address) => trusted.check(address, familyOf(address));
}

const familyOf = (address: string) => (isIPv6(address) ? 'ipv6' : 'ipv4');
