import PostalMime, { type Address, type Email } from 'postal-mime';
import { Unreadable, type Piece, type Reading } from '../extraction.ts';
import { Source } from '../source.ts';
import { htmlText } from './html.ts';
import { readInside } from './inside.ts';

/** A message with its attachments, which are unpacked in memory. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Pictures so small are signatures and logos. */
const SMALL_IMAGE_BYTES = 20 * 1024;

/** An e-mail: who wrote it to whom and when, what it says, and its attachments. */
export async function* readMail(source: Source, reading: Reading): AsyncGenerator<Piece> {
  yield* readMessage(await source.read(0, MOST_BYTES), reading);
  if (source.size > MOST_BYTES) yield { missing: 'Only the beginning of the message was read: it is too long.' };
}

async function* readMessage(bytes: Buffer, reading: Reading): AsyncGenerator<Piece> {
  const email = await PostalMime.parse(withoutMailboxLine(bytes), { attachmentEncoding: 'arraybuffer', maxNestingDepth: 50 }).catch(
    (error: unknown) => {
      throw new Unreadable('failed', 'The message is damaged and could not be read.', { cause: error });
    },
  );
  yield headOf(email);
  const body = bodyOf(email);
  const text = body.replace(ENCODED, '\n');
  yield `${text}\n\n`;
  if (text !== body) yield { missing: 'The message is damaged: something attached to it could not be found.' };
  for (const { content, filename, mimeType, related, disposition } of email.attachments) {
    const attached = Buffer.from(content as ArrayBuffer);
    const isPicture = mimeType.startsWith('image/') && (related || disposition === 'inline' || attached.length < SMALL_IMAGE_BYTES);
    if (isPicture || !reading.budget.openFile()) continue;
    reading.budget.spend(attached.length);
    yield* readInside(Source.of(attached, filename ?? (mimeType === 'message/rfc822' ? 'message.eml' : 'attachment')), reading);
  }
}

/** Lines of an attachment that, for want of its head or of what parts it from the text, came out as text. */
const ENCODED = /(?:^[A-Za-z0-9+/]{60,76}\r?\n){3,}(?:[A-Za-z0-9+/]{1,76}={0,2}$)?/gm;

/** A message saved from a mailbox keeps the line that stood above it there. */
function withoutMailboxLine(bytes: Buffer): Buffer {
  const line = /^>?From [^\n]*\n/.exec(bytes.subarray(0, 1000).toString('latin1'));
  return line ? bytes.subarray(line[0].length) : bytes;
}

function headOf(email: Email): string {
  const lines: [string, string | undefined][] = [
    ['From', email.from && named(email.from)],
    ['To', email.to?.map(named).join(', ')],
    ['Cc', email.cc?.map(named).join(', ')],
    ['Date', email.headers.find(({ key }) => key === 'date')?.value ?? email.date],
    ['Subject', email.subject],
  ];
  const said = lines.flatMap(([label, value]) => (value?.trim() ? [`${label}: ${value.replace(/\s+/g, ' ').trim()}`] : []));
  return said.length > 0 ? `${said.join('\n')}\n\n` : '';
}

function named(address: Address): string {
  if (address.group) return `${address.name}: ${address.group.map(named).join(', ')}`;
  return address.name && address.address ? `${address.name} <${address.address}>` : address.address || address.name;
}

function bodyOf({ text, html }: Email): string {
  if (text?.trim()) return text;
  return html ? htmlText(html) : '';
}

/** A mailbox: one message after the other. */
export async function* readMailbox(source: Source, reading: Reading): AsyncGenerator<Piece> {
  let parts: string[] = [];
  let length = 0;
  let rest = '';
  let blank = true;
  const message = () => {
    const bytes = Buffer.from(parts.join(''), 'latin1');
    parts = [];
    length = 0;
    return bytes;
  };
  // Byte for byte: every message has encodings of its own.
  for await (const chunk of source.chunks()) {
    const lines = (rest + chunk.toString('latin1')).split(/(?<=\n)/);
    rest = lines.pop()!;
    for (const line of lines) {
      if (blank && parts.length > 0 && /^From \S/.test(line)) yield* separate(message(), reading);
      if (length < MOST_BYTES) parts.push(line.replace(/^>(>*From )/, '$1'));
      length += line.length;
      blank = line.trim() === '';
    }
  }
  parts.push(rest);
  yield* separate(message(), reading);
}

async function* separate(bytes: Buffer, reading: Reading): AsyncGenerator<Piece> {
  yield { newPage: true };
  yield* readMessage(bytes, reading);
}
