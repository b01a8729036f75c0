import { paginate } from '../text/paginate.ts';
import { tidyText } from '../text/tidy.ts';
import { decodeText } from '../text/decode.ts';
import { detectType, SNIFF_BYTES, textKind } from './detect.ts';
import { EXTRACTION_LIMITS, Unreadable, type PageSink, type TextKind } from './extraction.ts';
import { readDocx } from './formats/docx.ts';
import { readHtml } from './formats/html.ts';
import { readPdf } from './formats/pdf.ts';
import { readJson, readMarkdown, readTable } from './formats/text-formats.ts';

/** Bytes of a text file that can still end up within the characters kept; the rest is not even decoded. */
const TEXT_BYTES = EXTRACTION_LIMITS.chars * 6;

/** Reads any document into pages. Returns what is missing, if something is; throws `Unreadable` when nothing can be read. */
export async function readDocument(bytes: Buffer, name: string, sink: PageSink): Promise<string | undefined> {
  const type = await detectType(bytes.subarray(0, SNIFF_BYTES), name);
  if (type.kind === 'encrypted' || type.kind === 'unsupported') throw new Unreadable(type.kind, type.reason);
  if (type.kind === 'pdf') return readPdf(bytes, sink);
  if (type.kind === 'docx') return emitPages(await readDocx(bytes), sink);
  const decoded = decodeText(bytes.subarray(0, TEXT_BYTES));
  if (!decoded) throw new Unreadable('unsupported', 'The content is not text, whatever its beginning looks like.');
  emitPages(readText(decoded.text, textKind(decoded.text, name)), sink);
  return bytes.length > TEXT_BYTES ? 'Only the beginning of the file was read: it is too long.' : undefined;
}

function readText(source: string, kind: TextKind): string {
  switch (kind) {
    case 'html':
      return readHtml(source);
    case 'markdown':
      return readMarkdown(source);
    case 'csv':
      return readTable(source, null);
    case 'tsv':
      return readTable(source, '\t');
    case 'json':
      return readJson(source);
    case 'text':
      return source;
  }
}

/** Formats without pages are cut into pages of a readable size. */
function emitPages(text: string, sink: PageSink): undefined {
  const pages = paginate(tidyText(text));
  for (const [i, page] of pages.entries()) {
    if (!sink.page(page)) return;
    if (i % 50 === 0) sink.progress(Math.floor((i / pages.length) * 100));
  }
}
