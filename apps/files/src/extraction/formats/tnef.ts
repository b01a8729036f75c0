import { decodeBytes } from '../../text/charsets.ts';
import { Unreadable, type Piece, type Reading } from '../extraction.ts';
import { Source } from '../source.ts';
import { htmlText } from './html.ts';
import { readInside } from './inside.ts';
import { unpackRtf } from './packed-rtf.ts';

/** What the fields of a message and of its attachments are called. */
const [SUBJECT, BODY, PROPERTIES, CODE_PAGE] = [0x8004, 0x800c, 0x9003, 0x9007];
const [BEGINS_ATTACHMENT, ATTACHMENT_TITLE, ATTACHMENT_DATA, ATTACHMENT_PROPERTIES] = [0x9002, 0x8010, 0x800f, 0x9005];
const [P_BODY, P_PACKED_RTF, P_HTML, P_LONG_NAME, P_DATA] = [0x1000, 0x1009, 0x1013, 0x3707, 0x3701];
const HEAD_BYTES = 6;

type Attachment = { name: string; bytes: Buffer };
type Message = { subject: string; body: string; html: Buffer | null; rtf: Buffer | null; attachments: Attachment[]; isCut: boolean };

/** What Outlook packs a formatted message and its attachments in for others: winmail.dat. */
export async function* readTnef(source: Source, reading: Reading): AsyncGenerator<Piece> {
  const message = messageOf(await source.bytes());
  if (message.subject !== '') yield `Subject: ${message.subject}\n\n`;
  if (message.body.trim() !== '') yield `${message.body}\n\n`;
  else if (message.html) yield `${htmlText(decodeBytes(message.html, 'utf-8'))}\n\n`;
  else if (message.rtf) yield* reading.nested(Source.of(message.rtf, 'message.rtf'));
  for (const { name, bytes } of message.attachments) {
    if (!reading.budget.openFile()) return;
    reading.budget.spend(bytes.length);
    yield* readInside(Source.of(bytes, name), reading);
  }
  if (message.isCut) yield { missing: 'The message ends in the middle: it could be read up to there only.' };
}

function messageOf(bytes: Buffer): Message {
  const message: Message = { subject: '', body: '', html: null, rtf: null, attachments: [], isCut: false };
  let charset = 'windows-1252';
  const words = (data: Buffer) =>
    decodeBytes(data, charset)
      .replace(/\0[^]*$/, '')
      .trim();
  try {
    for (const { field, data, isCut } of fieldsOf(bytes)) {
      message.isCut ||= isCut;
      const attachment = message.attachments.at(-1);
      if (field === CODE_PAGE) charset = `windows-${data.readUInt32LE(0)}`;
      else if (field === SUBJECT) message.subject = words(data);
      else if (field === BODY) message.body = words(data);
      else if (field === PROPERTIES) takeProperties(message, data, words);
      else if (field === BEGINS_ATTACHMENT) message.attachments.push({ name: 'attachment', bytes: Buffer.alloc(0) });
      else if (!attachment) continue;
      else if (field === ATTACHMENT_TITLE) attachment.name = words(data);
      else if (field === ATTACHMENT_DATA) attachment.bytes = data;
      else if (field === ATTACHMENT_PROPERTIES) {
        for (const { id, value, isWide } of propertiesOf(data)) {
          if (id === P_LONG_NAME) attachment.name = isWide ? wide(value) : words(value);
          else if (id === P_DATA && attachment.bytes.length === 0) attachment.bytes = value;
        }
      }
    }
  } catch (error) {
    throw new Unreadable('failed', 'The message is damaged and could not be read.', { cause: error });
  }
  return message;
}

const wide = (value: Buffer) => value.toString('utf16le').replace(/\0[^]*$/, '');

function takeProperties(message: Message, data: Buffer, words: (data: Buffer) => string): void {
  for (const { id, value, isWide } of propertiesOf(data)) {
    if (id === P_BODY) message.body = isWide ? wide(value) : words(value);
    else if (id === P_HTML) message.html = value;
    else if (id === P_PACKED_RTF) message.rtf = unpackRtf(value);
  }
}

type Field = { field: number; data: Buffer; isCut: boolean };

function* fieldsOf(bytes: Buffer): Generator<Field> {
  let at = HEAD_BYTES;
  while (at + 9 <= bytes.length) {
    const end = at + 9 + bytes.readUInt32LE(at + 5);
    // A sum of the bytes stands behind them.
    yield { field: bytes.readUInt16LE(at + 1), data: bytes.subarray(at + 9, end), isCut: end + 2 > bytes.length };
    at = end + 2;
  }
  const rest = bytes.subarray(at);
  if (rest.some((byte) => byte !== 0)) yield { field: 0, data: rest, isCut: true };
}

const WIDE = 0x1f;
const NAMED = 0x8000;
const SEVERAL = 0x1000;
/** Types of properties that have a length of their own. */
const VARIABLE = new Set([0x0d, 0x1e, WIDE, 0x102]);
const EIGHT_BYTES = new Set([0x05, 0x06, 0x07, 0x14, 0x40]);
const padded = (length: number) => Math.ceil(length / 4) * 4;

function* propertiesOf(data: Buffer): Generator<{ id: number; value: Buffer; isWide: boolean }> {
  const count = data.readUInt32LE(0);
  let at = 4;
  for (let i = 0; i < count; i += 1) {
    const type = data.readUInt16LE(at);
    const id = data.readUInt16LE(at + 2);
    at += 4;
    if (id >= NAMED) at += data.readUInt32LE(at + 16) === 0 ? 24 : 24 + padded(data.readUInt32LE(at + 20));
    const kind = type & ~SEVERAL;
    const isVariable = VARIABLE.has(kind);
    const values = isVariable || (type & SEVERAL) !== 0 ? data.readUInt32LE(at) : 1;
    if (isVariable || (type & SEVERAL) !== 0) at += 4;
    if (values > data.length) throw new RangeError('more values than bytes');
    for (let n = 0; n < values; n += 1) {
      const length = isVariable ? data.readUInt32LE(at) : EIGHT_BYTES.has(kind) ? 8 : kind === 0x48 ? 16 : 4;
      if (isVariable) at += 4;
      if (n === 0) yield { id, value: data.subarray(at, at + length), isWide: kind === WIDE };
      at += padded(length);
    }
  }
}
