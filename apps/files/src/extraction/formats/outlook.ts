import { createRequire } from 'node:module';
import type { FieldsData } from '@kenjiuno/msgreader';
import { Unreadable, type Piece, type Reading } from '../extraction.ts';
import { Source } from '../source.ts';
import { htmlText } from './html.ts';
import { readInside } from './inside.ts';
import { unpackRtf } from './packed-rtf.ts';

type MsgReader = InstanceType<(typeof import('@kenjiuno/msgreader'))['default']>;

const SMALL_IMAGE_BYTES = 20 * 1024;
const MOST_DEPTH = 5;

/** A message as Outlook saves it, with its attachments. */
export async function* readMsg(source: Source, reading: Reading): AsyncGenerator<Piece> {
  // The package is CommonJS and exports its class under `default`.
  const { default: Reader } = createRequire(import.meta.url)('@kenjiuno/msgreader') as { default: new (bytes: DataView) => MsgReader };
  const bytes = await source.bytes();
  let reader: MsgReader;
  let message: FieldsData;
  try {
    reader = new Reader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    message = reader.getFileData();
  } catch (error) {
    throw new Unreadable('failed', 'The message is damaged and could not be read.', { cause: error });
  }
  if (message.error) throw new Unreadable('failed', 'The message is damaged and could not be read.');
  yield* readFields(message, { reader, reading, depth: 0 });
}

type Opened = { reader: MsgReader; reading: Reading; depth: number };

async function* readFields(message: FieldsData, { reader, reading, depth }: Opened): AsyncGenerator<Piece> {
  yield headOf(message);
  const body = bodyOf(message);
  const rtf = body === '' && message.compressedRtf ? unpackRtf(Buffer.from(message.compressedRtf)) : null;
  if (rtf) yield* reading.nested(Source.of(rtf, 'message.rtf'));
  else yield `${body}\n\n`;
  for (const attachment of message.attachments ?? []) {
    if (!reading.budget.openFile()) return;
    if (attachment.innerMsgContentFields) {
      if (depth < MOST_DEPTH) yield* readFields(attachment.innerMsgContentFields, { reader, reading, depth: depth + 1 });
      continue;
    }
    if (attachment.attachmentHidden) continue;
    const { fileName, content } = reader.getAttachment(attachment);
    const bytes = Buffer.from(content);
    if (/\.(?:png|gif|jpe?g|bmp)$/i.test(fileName) && bytes.length < SMALL_IMAGE_BYTES) continue;
    reading.budget.spend(bytes.length);
    yield* readInside(Source.of(bytes, fileName), reading);
  }
}

function headOf(message: FieldsData): string {
  const recipients = (kind: string) =>
    (message.recipients ?? [])
      .filter((one) => (one.recipType ?? 'to') === kind)
      .map((one) => named(one.name, one.smtpAddress ?? one.email))
      .join(', ');
  const lines: [string, string | undefined][] = [
    ['From', named(message.senderName, message.senderSmtpAddress ?? message.senderEmail)],
    ['To', recipients('to')],
    ['Cc', recipients('cc')],
    ['Date', message.messageDeliveryTime ?? message.clientSubmitTime ?? message.creationTime],
    ['Subject', message.subject],
  ];
  return `${lines.flatMap(([label, value]) => (value?.trim() ? [`${label}: ${value.trim()}`] : [])).join('\n')}\n\n`;
}

/** Inside an organisation, addresses may be directory paths nobody reads. */
function named(name = '', address = ''): string {
  const shown = address.startsWith('/') ? '' : address;
  return name && shown && name !== shown ? `${name} <${shown}>` : name || shown;
}

function bodyOf(message: FieldsData): string {
  if (message.body?.trim()) return message.body;
  const html = message.bodyHtml ?? (message.html ? Buffer.from(message.html).toString('utf8') : '');
  return html ? htmlText(html) : '';
}
