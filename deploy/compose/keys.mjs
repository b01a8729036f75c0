// Prints the keys with which the processes say who they are, as lines of an .env file: `node keys.mjs`
import { generateKeyPairSync } from 'node:crypto';

const processes = ['gateway', 'accounts', 'rooms', 'messages', 'files', 'files-worker', 'bot'];
const publicKeys = [];
for (const name of processes) {
  const { d, x } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  publicKeys.push(`${name}:${x}`);
  process.stdout.write(`BUS_KEY_${name.toUpperCase().replaceAll('-', '_')}=${d}\n`);
}
process.stdout.write(`BUS_PUBLIC_KEYS=${publicKeys.join(',')}\n`);
