import ipaddr from 'ipaddr.js';
import { lookup as dnsLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { z } from 'zod';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

const PUBLIC_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/** An address that nobody outside could reach, or that is no place at all. */
export class InnerAddressError extends Error {
  constructor(host: string) {
    super(`${host} is not a public address, and this server's settings do not name its network`);
  }
}

/**
 * Keeps addresses that people name from reaching what this server alone can reach. Public addresses are allowed, and
 * the networks that the operator names; nothing else.
 */
export class AddressGuard {
  private readonly networks: readonly [Address, number][];

  constructor(networks: readonly string[]) {
    this.networks = networks.map((network) => ipaddr.parseCIDR(network));
  }

  /** @throws InnerAddressError for a host that is an address itself, since nobody is asked what that resolves to */
  checkHost({ hostname }: URL): void {
    const host = hostname.replace(/^\[(.*)\]$/, '$1');
    if (ipaddr.isValid(host) && !this.allows(host)) throw new InnerAddressError(host);
  }

  allows(text: string): boolean {
    if (!ipaddr.isValid(text)) return false;
    // An IPv4 address inside an IPv6 one is judged as what it is.
    const address = ipaddr.process(text);
    return isPublic(address) || this.networks.some((network) => holds(network, address));
  }

  /** Whether a host is an address in a network that the operator names. */
  names({ hostname }: URL): boolean {
    const host = hostname.replace(/^\[(.*)\]$/, '$1');
    return ipaddr.isValid(host) && this.networks.some((network) => holds(network, ipaddr.process(host)));
  }

  /** Resolves a name for a connection, which is made to what was judged here and to nothing else. */
  readonly lookup: LookupFunction = (host, options, callback) => {
    dnsLookup(host, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, []);
      const [first, ...others] = found.filter(({ address }) => this.allows(address));
      if (!first) return callback(new InnerAddressError(host), []);
      if (options.all) callback(null, [first, ...others]);
      else callback(null, first.address, first.family);
    });
  };
}

/** Networks as a setting names them: `10.0.0.0/8,fd00::/8`. */
export const networkList = z
  .string()
  .default('')
  .transform((list) =>
    list
      .split(',')
      .map((network) => network.trim())
      .filter(Boolean),
  )
  .pipe(z.array(z.string().refine((text) => ipaddr.isValidCIDR(text), { error: 'must be networks such as 10.0.0.0/8, joined by commas' })));

const isPublic = (address: Address): boolean => address.range() === 'unicast' && (address.kind() === 'ipv4' || holds(PUBLIC_IPV6, address));

const holds = ([network, bits]: readonly [Address, number], address: Address): boolean =>
  network.kind() === address.kind() && address.match(network, bits);
