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
// What is pushed to devices is signed with a key of another kind.
process.stdout.write(`MESSAGES_PUSH_KEY=${generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }).d}\n`);
