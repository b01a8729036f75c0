import { fileTypeFromBuffer } from 'file-type';
import { decodeText } from '../text/decode.ts';
import type { DocumentKind } from './extraction.ts';
import { textKind } from './text-kind.ts';

/** What a file is by its content: something we read, something protected, or something else with a name for people. */
export type DetectedType =
  { kind: DocumentKind; contentType: string } | { kind: 'encrypted' | 'unsupported'; contentType: string; reason: string };

/** How much of a file tells its type. */
export const SNIFF_BYTES = 65_536;

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const CONTENT_TYPES: Record<DocumentKind, string> = {
  pdf: 'application/pdf',
  docx: `${OFFICE}.wordprocessingml.document`,
  doc: 'application/msword',
  xlsx: `${OFFICE}.spreadsheetml.sheet`,
  xls: 'application/vnd.ms-excel',
  pptx: `${OFFICE}.presentationml.presentation`,
  ppt: 'application/vnd.ms-powerpoint',
  opendocument: 'application/vnd.oasis.opendocument.text',
  rtf: 'application/rtf',
  epub: 'application/epub+zip',
  msg: 'application/vnd.ms-outlook',
  tnef: 'application/vnd.ms-tnef',
  image: 'image/*',
  archive: 'application/zip',
  html: 'text/html',
  markdown: 'text/markdown',
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  json: 'application/json',
  notebook: 'application/x-ipynb+json',
  xml: 'application/xml',
  mail: 'message/rfc822',
  mbox: 'application/mbox',
  calendar: 'text/calendar',
  contacts: 'text/vcard',
  subtitles: 'text/vtt',
  text: 'text/plain',
};

/** What the signatures of binary formats stand for. */
const KINDS: [RegExp, DocumentKind][] = [
  [/wordprocessingml|ms-word\.(?:document|template)\.macroenabled/i, 'docx'],
  [/spreadsheetml|ms-excel\.(?:sheet|template|addin)/i, 'xlsx'],
  [/presentationml|ms-powerpoint\.(?:presentation|slideshow|template)/i, 'pptx'],
  [/opendocument\.(?:text|spreadsheet|presentation|graphics)/, 'opendocument'],
  [/^application\/epub\+zip$/, 'epub'],
  [/^(?:application|text)\/rtf$/, 'rtf'],
  [/^image\/(?:png|apng|jpeg|tiff|bmp|gif|webp)$/, 'image'],
  [/^application\/(?:zip|gzip|x-gzip|x-tar|x-bzip2|x-xz|x-7z-compressed|x-rar-compressed|x-cpio|zstd|x-lzip|x-unix-archive)$/, 'archive'],
];

/** Tells a type from the first bytes; the name only decides between kinds of text. */
export async function detectType(head: Buffer, name: string): Promise<DetectedType> {
  const found = head.length === 0 ? undefined : await fileTypeFromBuffer(head);
  const kind = found && KINDS.find(([pattern]) => pattern.test(found.mime))?.[1];
  const decoded = kind && isBinary(head) ? null : decodeText(head);
  if (found?.mime === 'application/pdf' || (!found && isPdf(head, decoded !== null))) return known('pdf');
  if (found?.mime === 'application/x-cfb') return oleContainer(head);
  if (!found && isTiff(head)) return { kind: 'image', contentType: 'image/tiff' };
  if (!decoded && head.length > 15 && TNEF.equals(head.subarray(0, 4))) return known('tnef');
  if (!decoded && isOldSheet(head)) return known('xls');
  if (!decoded && head.length > 512 && WORD_2.equals(head.subarray(0, 4))) return known('doc');
  // Formats that are not text always have bytes that text has not: what reads as text only begins like one of them.
  if (found && kind && (kind === 'rtf' || !decoded)) return { kind, contentType: found.mime };
  if (found && !decoded) return unsupported(found.mime);
  if (!decoded) return unsupported('application/octet-stream');
  if (/^%!PS/.test(decoded.text)) return unsupported('application/postscript');
  return known(textKind(decoded.text, name, head.length < SNIFF_BYTES));
}

/** Control characters stand in the signatures of binary formats and at the beginning of no text, whatever follows looks like. */
const isBinary = (head: Buffer): boolean =>
  head.subarray(0, SIGNATURE_BYTES).some((byte) => byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1b);
const SIGNATURE_BYTES = 8;

/** A sheet of Excel before it had a container: the record that begins it, of version 2 to 5, and that it is a sheet or a workbook. */
function isOldSheet(head: Buffer): boolean {
  if (head.length < 64 || head[0] !== 9 || ![0, 2, 4, 8].includes(head[1]!)) return false;
  const length = head.readUInt16LE(2);
  return length >= 4 && length <= 16 && [0x0005, 0x0010, 0x0100].includes(head.readUInt16LE(6));
}

/** Most programs write what tells of the picture behind its points, which is further on than is looked at here. */
const isTiff = (head: Buffer): boolean => head.length > 8 && /^(?:II\*\0|MM\0\*)$/.test(head.toString('latin1', 0, 4));

const TNEF = Buffer.from('789f3e22', 'hex');

/** Word for Windows 2: its mark and its version. */
const WORD_2 = Buffer.from([0xdb, 0xa5, 0x2d, 0x00]);

const known = (kind: DocumentKind): DetectedType => ({ kind, contentType: CONTENT_TYPES[kind] });

/** The header may stand behind some bytes of junk; a text that speaks of it is no PDF. */
function isPdf(head: Buffer, isText: boolean): boolean {
  const at = head.subarray(0, 1024).indexOf('%PDF-');
  return at === 0 || (at > 0 && (!isText || /\b\d+ \d+ obj\b/.test(head.toString('latin1'))));
}

/** Streams by which a program of old is known in Microsoft's container. */
const OLE_STREAMS: [string, 'doc' | 'xls' | 'ppt' | 'msg' | 'encrypted'][] = [
  ['EncryptedPackage', 'encrypted'],
  ['__properties_version1.0', 'msg'],
  ['__nameid_version1.0', 'msg'],
  ['WordDocument', 'doc'],
  ['Workbook', 'xls'],
  ['Book', 'xls'],
  ['PowerPoint Document', 'ppt'],
];
const OLE_ENTRY_BYTES = 128;

/** Microsoft's container holds old Office documents, and new ones that were given a password. */
export function oleContainer(bytes: Buffer): DetectedType {
  const names = oleNames(bytes);
  const kind = OLE_STREAMS.find(([name]) => names.has(name))?.[1];
  if (kind === 'encrypted') return { kind, contentType: 'application/x-cfb', reason: PROTECTED };
  return kind ? known(kind) : unsupported('application/x-cfb');
}

export const PROTECTED = 'The document is protected with a password. Remove the password and upload it again.';

/** Names of the container's entries: they stand in its directory, each at the beginning of 128 bytes. */
function oleNames(bytes: Buffer): Set<string> {
  const names = new Set<string>();
  for (let at = 512; at + OLE_ENTRY_BYTES <= bytes.length; at += OLE_ENTRY_BYTES) {
    const length = bytes.readUInt16LE(at + 64);
    const type = bytes[at + 66]!;
    if (length < 4 || length > 64 || length % 2 !== 0 || type === 0 || type > 5 || bytes[at + 1] !== 0) continue;
    names.add(bytes.toString('utf16le', at, at + length - 2));
  }
  return names;
}

export function unsupported(mime: string): DetectedType {
  return { kind: 'unsupported', contentType: mime, reason: unsupportedReason(mime) };
}

const NAMED: Record<string, string> = {
  'application/x-cfb': 'This is a document of an old Office format',
  'application/octet-stream': 'The content is not of a kind we know',
  'application/postscript': 'This is a PostScript document',
};

function unsupportedReason(mime: string): string {
  return `${NAMED[mime] ?? describe(mime)}, and its text cannot be read here. It can still be downloaded.`;
}

function describe(mime: string): string {
  if (mime.startsWith('image/')) return 'This is an image';
  if (mime.startsWith('audio/')) return 'This is a sound recording';
  if (mime.startsWith('video/')) return 'This is a video';
  if (mime.startsWith('font/')) return 'This is a font';
  if (/executable|msdownload|x-elf|mach-binary/.test(mime)) return 'This is a program';
  if (/compress|archive|-image$/.test(mime)) return 'This is an archive';
  return `This is a file of the type ${mime}`;
}
