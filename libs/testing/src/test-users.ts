import { publicKeyOf, type BusConfig } from '@atrium/bus';
import { PROCESSES } from '@atrium/contracts';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The process a test itself is on the bus: it may do everything there, and no service admits it as a caller. */
export const TEST_PROCESS = 'test';

const keyOf = (process: string) => createHash('sha256').update(`a key for tests of ${process}`).digest('base64url');
const publicKeys = [...PROCESSES, TEST_PROCESS].map((process) => `${process}:${publicKeyOf(keyOf(process))}`).join(',');

/** The part of a server's configuration that says who may do what, as production has it; each password is the user's name. */
export function testUsers(server: 'nats' | 'redis'): string {
  const users = readFileSync(new URL(`../../../deploy/${server}/users.conf`, import.meta.url), 'utf8');
  return users.replace(/\$(?:NATS|REDIS)_([A-Z_]+)_PASSWORD/g, (_variable, user: string) => user.toLowerCase().replaceAll('_', '-'));
}

/** What a process is told of the bus: who it is there, and by which keys it knows the others. */
export function busConfigOf(process: string, address: string): BusConfig {
  const user = process === TEST_PROCESS ? 'operator' : process;
  return { NATS_URL: `nats://${user}:${user}@${address}`, BUS_KEY: keyOf(process), BUS_PUBLIC_KEYS: publicKeys };
}
