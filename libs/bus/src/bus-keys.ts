import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** What a process signs with, and by which keys it knows the others. */
export type BusKeys = { own: KeyObject; publicKeys: ReadonlyMap<string, readonly KeyObject[]> };

// What stands before the 32 bytes of a key in the formats that Node reads: an Ed25519 key and nothing else.
const PRIVATE_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const PUBLIC_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * Reads the keys as the configuration has them.
 * @param own the 32 bytes of an Ed25519 private key in base64url
 * @param publicKeys `gateway:<key>,rooms:<key>,…` in base64url; a process named twice may sign with either key
 * @throws Error that says what is wrong with which key
 */
export function readBusKeys(own: string, publicKeys: string): BusKeys {
  const known = new Map<string, KeyObject[]>();
  for (const entry of publicKeys.split(',').map((part) => part.trim())) {
    const [, process, encoded] = /^([a-z-]+):([\w-]+)$/.exec(entry) ?? [];
    if (!process || !encoded) throw new Error(`BUS_PUBLIC_KEYS: "${entry}" is not a process, a colon and a key`);
    const key = createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, keyBytes(encoded, process)]), format: 'der', type: 'spki' });
    known.set(process, [...(known.get(process) ?? []), key]);
  }
  return { own: privateKeyOf(own), publicKeys: known };
}

/** The public key, in base64url, that belongs to a private one; what `BUS_PUBLIC_KEYS` lists. */
export function publicKeyOf(own: string): string {
  const spki = createPublicKey(privateKeyOf(own)).export({ format: 'der', type: 'spki' });
  return spki.subarray(PUBLIC_PREFIX.length).toString('base64url');
}

function privateKeyOf(encoded: string): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, keyBytes(encoded, 'BUS_KEY')]), format: 'der', type: 'pkcs8' });
}

function keyBytes(encoded: string, whose: string): Buffer {
  const bytes = Buffer.from(encoded, 'base64url');
  if (bytes.length !== 32) throw new Error(`${whose}: a key has 32 bytes in base64url, not ${bytes.length}`);
  return bytes;
}
