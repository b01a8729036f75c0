/**
 * Loaded before the extractor: takes away what opens connections. Node's permission model (24) does not fence the
 * network, and not every machine lets a process have a network of its own; there, this is what is left.
 */
import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

function refuse(): never {
  throw new Error('there is no network in here');
}

/** For good: what is taken away here cannot be put back. */
function take(from: object, names: string[]): void {
  for (const name of names) Object.defineProperty(from, name, { value: refuse, writable: false, configurable: false });
}

const methodsOf = (from: object) =>
  Object.entries(Object.getOwnPropertyDescriptors(from)).flatMap(([name, { value }]) =>
    typeof value === 'function' && name !== 'constructor' ? [name] : [],
  );

take(net.Socket.prototype, ['connect']);
take(net.Server.prototype, ['listen']);
take(dgram.Socket.prototype, ['bind', 'connect', 'send']);
for (const names of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) take(names, methodsOf(names));
take(process, ['binding', '_linkedBinding']);
syncBuiltinESMExports();
