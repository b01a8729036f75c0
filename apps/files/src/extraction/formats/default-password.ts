import { createDecipheriv, createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { readXmlPart } from './office-xml.ts';

/** What Office takes for the password when nobody chose one: a workbook that is only write-protected is encrypted with it. */
export const DEFAULT_PASSWORD = 'VelvetSweatshop';

type Cfb = {
  read(bytes: Buffer, options: { type: 'buffer' }): object;
  find(container: object, name: string): { content?: Uint8Array } | null;
};

/** More rounds than any program makes of a password. */
const MOST_ROUNDS = 1_000_000;
const ROUNDS_OF_OLD = 50_000;
const PART_BYTES = 4096;
/** What keys are made for: to check the password, and to unlock the key of the document. */
const FOR_CHECK = Buffer.from('fea7d2763b4b9e79', 'hex');
const FOR_CHECKSUM = Buffer.from('d7aa0f6d3061344e', 'hex');
const FOR_KEY = Buffer.from('146e0be7abacd0d6', 'hex');

/** The document in an encrypted container, where it opens without asking for a password; else null. */
export async function openWithDefaultPassword(container: Buffer): Promise<Buffer | null> {
  const { CFB } = createRequire(import.meta.url)('@e965/xlsx') as { CFB: Cfb };
  try {
    const read = CFB.read(container, { type: 'buffer' });
    const stream = (name: string) => Buffer.from(CFB.find(read, name)?.content ?? []);
    const [info, locked] = [stream('EncryptionInfo'), stream('EncryptedPackage')];
    const length = Number(locked.readBigUInt64LE(0));
    const open = info.readUInt32LE(0) === 0x0004_0004 ? await openAgile(info, locked.subarray(8)) : openStandard(info, locked.subarray(8));
    return open && length <= open.length ? open.subarray(0, length) : null;
  } catch {
    // What cannot be told stays encrypted.
    return null;
  }
}

const counted = (n: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(n);
  return bytes;
};

const hashOf = (algorithm: string, ...parts: Buffer[]): Buffer => {
  const hash = createHash(algorithm);
  for (const part of parts) hash.update(part);
  return hash.digest();
};

function hashOfPassword(algorithm: string, salt: Buffer, rounds: number): Buffer {
  let hash = hashOf(algorithm, salt, Buffer.from(DEFAULT_PASSWORD, 'utf16le'));
  for (let i = 0; i < rounds; i += 1) hash = hashOf(algorithm, counted(i), hash);
  return hash;
}

function decrypt(cipher: string, { key, iv }: { key: Buffer; iv: Buffer | null }, bytes: Buffer): Buffer {
  const decipher = createDecipheriv(cipher, key, iv).setAutoPadding(false);
  return Buffer.concat([decipher.update(bytes), decipher.final()]);
}

const sized = (bytes: Buffer, size: number): Buffer => Buffer.concat([bytes, Buffer.alloc(size, 0x36)]).subarray(0, size);

/** As Office has done it since 2010: an XML document says how. */
async function openAgile(info: Buffer, locked: Buffer): Promise<Buffer | null> {
  const said: Record<'keyData' | 'encryptedKey', Record<string, string>> = { keyData: {}, encryptedKey: {} };
  await readXmlPart(textOf(info.toString('utf8', 8)), {
    open(name, attributes) {
      const kind = name.replace(/^.*:/, '');
      if (kind === 'keyData' || kind === 'encryptedKey') said[kind] = attributes;
    },
  });
  const { keyData, encryptedKey: own } = said;
  const bytesOf = (value: string | undefined) => Buffer.from(value ?? '', 'base64');
  const rounds = Number(own.spinCount);
  if (!(rounds <= MOST_ROUNDS) || own.cipherAlgorithm !== 'AES') return null;
  const algorithm = nameOf(own.hashAlgorithm);
  const salt = bytesOf(own.saltValue);
  const hash = hashOfPassword(algorithm, salt, rounds);
  const unlock = (purpose: Buffer, value: string | undefined) => {
    const key = sized(hashOf(algorithm, hash, purpose), Number(own.keyBits) / 8);
    return decrypt(cipherOf(own), { key, iv: sized(salt, Number(own.blockSize)) }, bytesOf(value));
  };
  const expected = hashOf(algorithm, unlock(FOR_CHECK, own.encryptedVerifierHashInput).subarray(0, Number(own.saltSize)));
  if (!unlock(FOR_CHECKSUM, own.encryptedVerifierHashValue).subarray(0, expected.length).equals(expected)) return null;
  const key = unlock(FOR_KEY, own.encryptedKeyValue).subarray(0, Number(keyData.keyBits) / 8);
  const parts: Buffer[] = [];
  for (let at = 0; at < locked.length; at += PART_BYTES) {
    const iv = sized(
      hashOf(nameOf(keyData.hashAlgorithm), bytesOf(keyData.saltValue), counted(at / PART_BYTES)),
      Number(keyData.blockSize),
    );
    parts.push(decrypt(cipherOf(keyData), { key, iv }, locked.subarray(at, at + PART_BYTES)));
  }
  return Buffer.concat(parts);
}

async function* textOf(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text);
}

const nameOf = (algorithm = 'SHA1') => algorithm.replace('-', '').toLowerCase();
const cipherOf = ({ keyBits, cipherChaining }: Record<string, string>) =>
  `aes-${keyBits}-${cipherChaining === 'ChainingModeCFB' ? 'cfb8' : 'cbc'}`;

/** As Office 2007 does it. */
function openStandard(info: Buffer, locked: Buffer): Buffer | null {
  const headerBytes = info.readUInt32LE(8);
  const keyBits = info.readUInt32LE(12 + 16) || 128;
  const check = info.subarray(12 + headerBytes);
  const salt = check.subarray(4, 20);
  const hash = hashOf('sha1', hashOfPassword('sha1', salt, ROUNDS_OF_OLD), counted(0));
  const mixed = (value: number) => hashOf('sha1', Buffer.alloc(64, value).map((byte, i) => byte ^ (hash[i] ?? 0)) as Buffer);
  const key = Buffer.concat([mixed(0x36), mixed(0x5c)]).subarray(0, keyBits / 8);
  const cipher = `aes-${keyBits}-ecb`;
  const whole = locked.subarray(0, locked.length - (locked.length % 16));
  const open = (bytes: Buffer) => decrypt(cipher, { key, iv: null }, bytes);
  const expected = hashOf('sha1', open(check.subarray(20, 36)));
  return open(check.subarray(40, 72)).subarray(0, 20).equals(expected) ? open(whole) : null;
}
