import { CFB } from '@e965/xlsx';
import { createCipheriv, createHash } from 'node:crypto';
import { anOle, aWorkbook } from './office.ts';

const hash = (algorithm: string, ...parts: Buffer[]) => createHash(algorithm).update(Buffer.concat(parts)).digest();
const counted = (n: number) => Buffer.from(Uint32Array.of(n).buffer);
const SALT = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');

function encrypt(cipher: string, key: Buffer, iv: Buffer | null, bytes: Buffer): Buffer {
  const padded = Buffer.concat([bytes, Buffer.alloc((16 - (bytes.length % 16)) % 16)]);
  const encipher = createCipheriv(cipher, key, iv).setAutoPadding(false);
  return Buffer.concat([encipher.update(padded), encipher.final()]);
}

const aContainer = (info: Buffer, document: Buffer, locked: Buffer) =>
  anOle({
    '/EncryptionInfo': info,
    '/EncryptedPackage': Buffer.concat([counted(document.length), counted(0), locked, Buffer.alloc(4096)]),
  });

/** An office document with a password, in the way of Office since 2010. */
export function anAgileDocument(document: Buffer, password: string): Buffer {
  let base = hash('sha512', SALT, Buffer.from(password, 'utf16le'));
  for (let i = 0; i < 1000; i += 1) base = hash('sha512', counted(i), base);
  const lock = (purpose: string, value: Buffer) =>
    encrypt('aes-256-cbc', hash('sha512', base, Buffer.from(purpose, 'hex')).subarray(0, 32), SALT, value).toString('base64');
  const key = Buffer.alloc(32, 7);
  const way = `saltSize="16" blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="${SALT.toString('base64')}"`;
  const check = Buffer.alloc(16, 9);
  const xml = `<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password"><keyData ${way}/><keyEncryptors><keyEncryptor><p:encryptedKey spinCount="1000" ${way} encryptedVerifierHashInput="${lock('fea7d2763b4b9e79', check)}" encryptedVerifierHashValue="${lock('d7aa0f6d3061344e', hash('sha512', check))}" encryptedKeyValue="${lock('146e0be7abacd0d6', key)}"/></keyEncryptor></keyEncryptors></encryption>`;
  const parts: Buffer[] = [];
  for (let at = 0; at < document.length; at += 4096) {
    parts.push(encrypt('aes-256-cbc', key, hash('sha512', SALT, counted(at / 4096)).subarray(0, 16), document.subarray(at, at + 4096)));
  }
  return aContainer(Buffer.concat([Buffer.from('0400040040000000', 'hex'), Buffer.from(xml)]), document, Buffer.concat(parts));
}

/** An office document with a password, in the way of Office 2007. */
export function aStandardDocument(document: Buffer, password: string): Buffer {
  let base = hash('sha1', SALT, Buffer.from(password, 'utf16le'));
  for (let i = 0; i < 50_000; i += 1) base = hash('sha1', counted(i), base);
  base = hash('sha1', base, counted(0));
  const pad = Buffer.alloc(64, 0x36);
  for (let i = 0; i < 20; i += 1) pad[i] = 0x36 ^ base[i]!;
  const key = hash('sha1', pad).subarray(0, 16);
  const check = Buffer.alloc(16, 9);
  const lock = (bytes: Buffer) => encrypt('aes-128-ecb', key, null, bytes);
  const header = Buffer.concat([counted(36), counted(0), counted(0x660e), counted(0x8004), counted(128), Buffer.alloc(16)]);
  const verifier = Buffer.concat([counted(16), SALT, lock(check), counted(20), lock(hash('sha1', check))]);
  const info = Buffer.concat([Buffer.from('0300020024000000', 'hex'), counted(header.length), header, verifier]);
  return aContainer(info, document, lock(document));
}

function rc4(key: Buffer, bytes: Buffer): Buffer {
  const state = Array.from({ length: 256 }, (_, i) => i);
  const swap = (a: number, b: number) => ([state[a], state[b]] = [state[b]!, state[a]!]);
  for (let i = 0, j = 0; i < 256; i += 1) swap(i, (j = (j + state[i]! + key[i % key.length]!) & 255));
  let [i, j] = [0, 0];
  return Buffer.from(
    bytes.map((byte) => {
      i = (i + 1) & 255;
      j = (j + state[i]!) & 255;
      swap(i, j);
      return byte ^ state[(state[i]! + state[j]!) & 255]!;
    }),
  );
}

type Way = 'rc4' | 'rc4 of its library' | 'xor';

/** A workbook of old that is encrypted with the password of Excel itself. */
export function aLockedXls(rows: string[][], way: Way): Buffer {
  const container = CFB.read(aWorkbook({ Fleet: rows }, 'biff8'), { type: 'buffer' });
  const plain = Buffer.from(CFB.find(container, 'Workbook')!.content as Uint8Array);
  const begin = 4 + plain.readUInt16LE(2);
  const { pass, keyOf } = passOf(way);
  const head = Buffer.from([0x2f, 0, pass.length, 0]);
  const stream = Buffer.concat([plain.subarray(0, begin), head, pass, plain.subarray(begin)]);
  const moved = head.length + pass.length;
  const locked = Buffer.from(stream);
  for (let at = begin + moved; at + 4 <= stream.length;) {
    const type = stream.readUInt16LE(at);
    const end = at + 4 + stream.readUInt16LE(at + 2);
    const from = type === 0x809 ? end : at + 4 + (type === 0x85 ? 4 : 0);
    if (type === 0x85) locked.writeUInt32LE(stream.readUInt32LE(at + 4) + moved, at + 4);
    for (let i = from; i < end; i += 1) {
      const block = Math.floor(i / 1024);
      if (keyOf) locked[i] = stream[i]! ^ rc4(keyOf(block), Buffer.alloc((i % 1024) + 1)).at(-1)!;
      else {
        const mixed = stream[i]! ^ XOR_BYTES[(end + i - at - 4) % 16]!;
        locked[i] = (mixed >> 3) | ((mixed << 5) & 255);
      }
    }
    at = end;
  }
  return anOle({ '/Workbook': locked });
}

const XOR_BYTES = Buffer.from('3c5bd417f01f2813f04bb403c473a420', 'hex');

function passOf(way: Way): { pass: Buffer; keyOf?: (block: number) => Buffer } {
  const password = Buffer.from('VelvetSweatshop', 'utf16le');
  const check = Buffer.alloc(16, 9);
  if (way === 'xor') return { pass: Buffer.from('000059b30a9a', 'hex') };
  const isShort = way === 'rc4';
  const short = hash('md5', password).subarray(0, 5);
  const base = isShort
    ? hash('md5', ...Array.from({ length: 16 }, () => [short, SALT]).flat()).subarray(0, 5)
    : hash('sha1', SALT, password);
  const keyOf = (block: number) => (isShort ? hash('md5', base, counted(block)) : hash('sha1', base, counted(block)).subarray(0, 16));
  const checks = rc4(keyOf(0), Buffer.concat([check, hash(isShort ? 'md5' : 'sha1', check)]));
  if (isShort) return { pass: Buffer.concat([Buffer.from('010001000100', 'hex'), SALT, checks]), keyOf };
  const header = Buffer.concat([counted(4), counted(0), counted(0x6801), counted(0x8004), counted(128), Buffer.alloc(16)]);
  const verifier = Buffer.concat([counted(16), SALT, checks.subarray(0, 16), counted(20), checks.subarray(16)]);
  return { pass: Buffer.concat([Buffer.from('010002000200', 'hex'), counted(4), counted(header.length), header, verifier]), keyOf };
}
