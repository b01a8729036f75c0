import { fileTypeFromBuffer } from 'file-type';
import { decodeText } from '../text/decode.ts';
import type { DocumentKind, TextKind } from './extraction.ts';

/** What a file is by its content: something we read, something protected, or something else with a name for people. */
export type DetectedType =
  { kind: DocumentKind; contentType: string } | { kind: 'encrypted' | 'unsupported'; contentType: string; reason: string };

/** How much of a file tells its type. */
export const SNIFF_BYTES = 65_536;

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const CONTENT_TYPES: Record<DocumentKind, string> = {
  pdf: 'application/pdf',
  docx: DOCX,
  html: 'text/html',
  markdown: 'text/markdown',
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  json: 'application/json',
  text: 'text/plain',
};

/** Tells a type from the first bytes; the name only decides between kinds of text. */
export async function detectType(head: Buffer, name: string): Promise<DetectedType> {
  const found = head.length === 0 ? undefined : await fileTypeFromBuffer(head);
  if (found?.mime === 'application/pdf' || findPdfHeader(head)) return known('pdf');
  if (found?.mime === DOCX || found?.mime === 'application/vnd.ms-word.document.macroenabled.12') return known('docx');
  if (found?.mime === 'application/x-cfb') return oleContainer(head);
  if (found && !TEXTUAL_MIMES.has(found.mime)) return unsupported(found.mime);
  const decoded = decodeText(head);
  if (!decoded) return unsupported('application/octet-stream');
  if (looksLikeMail(decoded.text)) return unsupported('message/rfc822');
  return known(textKind(decoded.text, name));
}

/** A message begins with a block of headers; its body may be packed in ways that are not text to read. */
function looksLikeMail(text: string): boolean {
  const headers = /^(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+/.exec(text.replaceAll('\r\n', '\n'))?.[0] ?? '';
  return (headers.match(/^(?:from|to|date|subject|mime-version|message-id|received|return-path|content-type):/gim)?.length ?? 0) >= 4;
}

/** Types file-type names although their bytes are plain text. */
const TEXTUAL_MIMES = new Set(['application/xml', 'text/xml', 'text/calendar', 'text/vcard', 'text/html']);

const known = (kind: DocumentKind): DetectedType => ({ kind, contentType: CONTENT_TYPES[kind] });

/** The header may stand behind some bytes of junk. */
const findPdfHeader = (head: Buffer) => head.subarray(0, 1024).includes('%PDF-');

/** Microsoft's container holds old Office documents, and new ones that were given a password. */
function oleContainer(head: Buffer): DetectedType {
  if (head.includes(Buffer.from('EncryptedPackage', 'utf16le'))) {
    return {
      kind: 'encrypted',
      contentType: 'application/x-cfb',
      reason: 'The document is protected with a password. Remove the password and upload it again.',
    };
  }
  return unsupported('application/x-cfb');
}

function unsupported(mime: string): DetectedType {
  return { kind: 'unsupported', contentType: mime, reason: unsupportedReason(mime) };
}

const NAMED: Record<string, string> = {
  'application/x-cfb': 'This is a document of an old Office format (.doc, .xls, .ppt or .msg)',
  'application/rtf': 'This is a rich text document (RTF)',
  'application/epub+zip': 'This is an e-book (EPUB)',
  'message/rfc822': 'This is an e-mail',
  'application/octet-stream': 'The content is not of a kind we know',
};

function unsupportedReason(mime: string): string {
  return `${NAMED[mime] ?? describe(mime)}, and its text cannot be read here. It can still be downloaded.`;
}

function describe(mime: string): string {
  if (mime.startsWith('image/')) return 'This is an image';
  if (mime.startsWith('audio/')) return 'This is a sound recording';
  if (mime.startsWith('video/')) return 'This is a video';
  if (/spreadsheet|excel/.test(mime)) return 'This is a spreadsheet';
  if (/presentation|powerpoint/.test(mime)) return 'This is a presentation';
  if (/opendocument/.test(mime)) return 'This is an OpenDocument file';
  if (/zip|compress|tar|archive|rar|7z/.test(mime)) return 'This is an archive';
  return `This is a file of the type ${mime}`;
}

const HTML_TAG = /^<(?:!doctype\s+html|html|head|body|title|meta|script|style|link|table|div|p|h[1-6]|ul|ol|span|article|section)\b/i;

/**
 * Whether the first tag is one of HTML's; a declaration and comments may stand before it. They are stepped over one by
 * one: this runs where everybody waits, and one pattern for all of it would try every way to split a run of comments.
 */
function startsLikeHtml(text: string): boolean {
  let rest = text.trimStart();
  if (/^<\?xml/i.test(rest)) rest = rest.slice(rest.indexOf('>') + 1).trimStart();
  while (rest.startsWith('<!--')) {
    const end = rest.indexOf('-->', 4);
    if (end < 0) return false;
    rest = rest.slice(end + 3).trimStart();
  }
  return HTML_TAG.test(rest);
}

/** Which kind of text it is: by its content where that is plain, by its name where it is not. */
export function textKind(text: string, name: string): TextKind {
  const extension = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  if (startsLikeHtml(text)) return 'html';
  if (looksLikeJson(text)) return 'json';
  if (extension === 'csv' || extension === 'tsv') return text.includes('\t') && !text.includes(',') ? 'tsv' : extension;
  if (extension === 'md' || extension === 'markdown') return 'markdown';
  if (extension === 'txt' || extension === 'log') return 'text';
  if (isTable(text, '\t')) return 'tsv';
  if (isTable(text, ',') || isTable(text, ';')) return 'csv';
  return looksLikeMarkdown(text) ? 'markdown' : 'text';
}

/** The head of a large document does not parse, so an opening that only JSON has is enough there. */
function looksLikeJson(text: string): boolean {
  const trimmed = text.trim();
  if (!/^[[{]/.test(trimmed)) return false;
  if (trimmed.length >= SNIFF_BYTES / 4 && /^(?:\{\s*"[^"\n]*"\s*:|\[\s*(?:[[{"]|-?\d))/.test(trimmed)) return true;
  try {
    JSON.parse(trimmed);
    return true;
  } catch (error) {
    return error instanceof RangeError;
  }
}

/** At least three lines of the same number (two or more) of separators. */
function isTable(text: string, separator: string): boolean {
  const lines = text
    .split('\n')
    .slice(0, 50)
    .filter((l) => l.trim() !== '')
    .slice(0, 20);
  if (lines.length < 3) return false;
  const counts = lines.slice(0, -1).map((l) => l.replace(/"[^"]*"/g, '').split(separator).length - 1);
  const first = counts[0]!;
  return first >= (separator === '\t' ? 1 : 2) && counts.every((count) => count === first);
}

/** What opens a link ends the search for the close of another, so that openings alone are each looked at once. */
const LINK = /\[[^[\]\n]+\]\([^()\s]+[()]/;

function looksLikeMarkdown(text: string): boolean {
  const signs = [/^#{1,6} \S/m, /^(?:[-*+]|\d+\.) \S/m, LINK, /^```/m, /\*\*[^*\n]+\*\*/, /^\|.+\|$/m];
  return signs.filter((sign) => sign.test(text)).length >= 2;
}
