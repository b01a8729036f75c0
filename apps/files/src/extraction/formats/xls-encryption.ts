import { createHash } from 'node:crypto';
import { DEFAULT_PASSWORD } from './default-password.ts';

const FILE_PASS = 0x2f;
/** A record that says nothing, of any length: the places of those behind it must stay what they are. */
const SILENT = 0xc0;
const XOR_TYPE = 0;
const BLOCK_BYTES = 1024;
const HEADER_BYTES = 4;
const PLAIN = new Set([0x809, FILE_PASS, 0x194, 0x195, 0xe1, 0x196, 0x138]);
const BOUND_SHEET = 0x85;

type KeyOf = (block: number) => Buffer;

/**
 * The stream of a workbook of old that opens without asking for a password, as Excel writes it when a workbook is
 * write-protected. The stream as it is where it is not encrypted so, or with another password.
 */
export function openXlsStream(stream: Buffer): Buffer {
  for (let at = 0; at + HEADER_BYTES <= stream.length; at += HEADER_BYTES + stream.readUInt16LE(at + 2)) {
    const type = stream.readUInt16LE(at);
    // It stands right behind the beginning, or not at all.
    if (type !== FILE_PASS && type !== 0x809 && type !== 0x86) return stream;
    if (type !== FILE_PASS) continue;
    const open = decrypted(stream, stream.subarray(at + HEADER_BYTES, at + HEADER_BYTES + stream.readUInt16LE(at + 2)));
    open?.writeUInt16LE(SILENT, at);
    return open ?? stream;
  }
  return stream;
}

const md5 = (...parts: Buffer[]) => hash('md5', parts);
const sha1 = (...parts: Buffer[]) => hash('sha1', parts);
const hash = (algorithm: string, parts: Buffer[]) => createHash(algorithm).update(Buffer.concat(parts)).digest();
const counted = (n: number) => Buffer.from(Uint32Array.of(n).buffer);
const password = () => Buffer.from(DEFAULT_PASSWORD, 'utf16le');

/** The keys of each block of the stream; null where they are not made of the default password. */
function keysOf(pass: Buffer): KeyOf | null {
  if (pass.readUInt16LE(0) === 1) {
    const [salt, check, checksum] = [pass.subarray(4, 20), pass.subarray(20, 36), pass.subarray(36, 52)];
    const short = md5(password()).subarray(0, 5);
    const base = md5(...Array.from({ length: 16 }, () => [short, salt]).flat()).subarray(0, 5);
    const keyOf: KeyOf = (block) => md5(base, counted(block));
    const cipher = new Rc4(keyOf(0));
    return md5(cipher.next(check)).equals(cipher.next(checksum)) ? keyOf : null;
  }
  const headerBytes = pass.readUInt32LE(8);
  const keyBytes = (pass.readUInt32LE(12 + 16) || 40) / 8;
  const verifier = pass.subarray(12 + headerBytes);
  const base = sha1(verifier.subarray(4, 20), password());
  const keyOf: KeyOf = (block) => {
    const key = sha1(base, counted(block)).subarray(0, keyBytes);
    return keyBytes === 5 ? Buffer.concat([key, Buffer.alloc(11)]) : key;
  };
  const cipher = new Rc4(keyOf(0));
  const expected = sha1(cipher.next(verifier.subarray(20, 36)));
  return cipher.next(verifier.subarray(40, 60)).equals(expected) ? keyOf : null;
}

function decrypted(stream: Buffer, pass: Buffer): Buffer | null {
  // Before Excel 97 there was one way, and its name did not stand before it.
  if (pass.length === 4 || pass.readUInt16LE(0) === XOR_TYPE) {
    return pass.subarray(-4).equals(XOR_CHECK) ? withPlainParts(stream, withXor(stream)) : null;
  }
  const keyOf = keysOf(pass.subarray(2));
  return keyOf && withPlainParts(stream, withRc4(stream, keyOf));
}

/** Every byte of the stream takes its part of the key, also those that are not encrypted. */
function withRc4(stream: Buffer, keyOf: KeyOf): Buffer {
  const open = Buffer.alloc(stream.length);
  for (let at = 0; at < stream.length; at += BLOCK_BYTES) {
    new Rc4(keyOf(at / BLOCK_BYTES)).next(stream.subarray(at, at + BLOCK_BYTES)).copy(open, at);
  }
  return open;
}

/** What the oldest way makes of the default password: its check, and what each byte is mixed with. */
const XOR_CHECK = Buffer.from('59b30a9a', 'hex');
const XOR_BYTES = Buffer.from('3c5bd417f01f2813f04bb403c473a420', 'hex');

function withXor(stream: Buffer): Buffer {
  const open = Buffer.from(stream);
  for (const { body, end } of recordsOf(stream)) {
    for (let at = body; at < end; at += 1) {
      const byte = stream[at]!;
      open[at] = (((byte << 3) | (byte >> 5)) & 255) ^ XOR_BYTES[(end + at - body) % XOR_BYTES.length]!;
    }
  }
  return open;
}

/** Heads of records, some bodies, and where a sheet begins, are never encrypted. */
function withPlainParts(stream: Buffer, open: Buffer): Buffer {
  for (const { type, body, end } of recordsOf(stream)) {
    stream.copy(open, body - HEADER_BYTES, body - HEADER_BYTES, PLAIN.has(type) ? end : body + (type === BOUND_SHEET ? 4 : 0));
  }
  return open;
}

function* recordsOf(stream: Buffer): Generator<{ type: number; body: number; end: number }> {
  for (let at = 0; at + HEADER_BYTES <= stream.length;) {
    const body = at + HEADER_BYTES;
    const end = Math.min(stream.length, body + stream.readUInt16LE(at + 2));
    yield { type: stream.readUInt16LE(at), body, end };
    at = end;
  }
}

/** The cipher itself; OpenSSL no longer has it. */
class Rc4 {
  private readonly state = Uint8Array.from({ length: 256 }, (_, i) => i);
  private i = 0;
  private j = 0;

  constructor(key: Buffer) {
    for (let i = 0, j = 0; i < 256; i += 1) {
      j = (j + this.state[i]! + key[i % key.length]!) & 255;
      this.swap(i, j);
    }
  }

  next(bytes: Buffer): Buffer {
    return Buffer.from(
      bytes.map((byte) => {
        this.i = (this.i + 1) & 255;
        this.j = (this.j + this.state[this.i]!) & 255;
        this.swap(this.i, this.j);
        return byte ^ this.state[(this.state[this.i]! + this.state[this.j]!) & 255]!;
      }),
    );
  }

  private swap(a: number, b: number): void {
    [this.state[a], this.state[b]] = [this.state[b]!, this.state[a]!];
  }
}
