import { detectType, oleContainer, SNIFF_BYTES, type DetectedType } from './detect.ts';
import {
  BeyondLimits,
  Budget,
  EXTRACTION_LIMITS,
  Unreadable,
  type DocumentKind,
  type PageSink,
  type Piece,
  type Reader,
  type Reading,
} from './extraction.ts';
import { PageFlow } from './page-flow.ts';
import { markIndents } from '../text/tidy.ts';
import { Source } from './source.ts';

/** Each reader is loaded when it is needed, and with it the libraries it needs. */
const READERS: Record<DocumentKind, () => Promise<Reader>> = {
  pdf: async () => (await import('./formats/pdf.ts')).readPdf,
  docx: async () => (await import('./formats/word.ts')).readDocx,
  doc: async () => (await import('./formats/word-binary.ts')).readDoc,
  xlsx: async () => (await import('./formats/xlsx.ts')).readXlsx,
  xls: async () => (await import('./formats/spreadsheet.ts')).readWorkbook,
  pptx: async () => (await import('./formats/slides.ts')).readPptx,
  ppt: async () => (await import('./formats/slides-binary.ts')).readPpt,
  opendocument: async () => (await import('./formats/open-document.ts')).readOpenDocument,
  rtf: async () => (await import('./formats/rtf.ts')).readRtf,
  epub: async () => (await import('./formats/epub.ts')).readEpub,
  msg: async () => (await import('./formats/outlook.ts')).readMsg,
  tnef: async () => (await import('./formats/tnef.ts')).readTnef,
  image: async () => (await import('./formats/image.ts')).readImage,
  archive: async () => (await import('./formats/archive.ts')).readArchive,
  html: async () => (await import('./formats/html.ts')).readHtml,
  markdown: async () => (await import('./formats/markdown.ts')).readMarkdown,
  csv: async () => (await import('./formats/csv.ts')).readCsv,
  tsv: async () => (await import('./formats/csv.ts')).readCsv,
  json: async () => (await import('./formats/json.ts')).readJson,
  notebook: async () => (await import('./formats/notebook.ts')).readNotebook,
  xml: async () => (await import('./formats/xml.ts')).readXml,
  mail: async () => (await import('./formats/mail.ts')).readMail,
  mbox: async () => (await import('./formats/mail.ts')).readMailbox,
  calendar: async () => (await import('./formats/calendar.ts')).readCalendar,
  contacts: async () => (await import('./formats/contacts.ts')).readContacts,
  subtitles: async () => (await import('./formats/subtitles.ts')).readSubtitles,
  text: () => Promise.resolve(readText),
};

/** Endings of names that claim a format: what bears one and cannot be read is damaged, not text. */
const CLAIMED: Partial<Record<DocumentKind, RegExp>> = {
  pdf: /\.pdf$/i,
  docx: /\.do[ct][xm]$/i,
  rtf: /\.rtf$/i,
  notebook: /^$/,
};

/** Kinds told by their first line, which a text may have as well: without anything of that kind in it, it is one. */
const TOLD_BY_FIRST_LINE: ReadonlySet<string> = new Set<DocumentKind>(['calendar', 'contacts', 'subtitles']);

/** Reads any document into pages. Returns what is missing, if something is; throws `Unreadable` when nothing can be read. */
export async function readDocument(source: Source, sink: PageSink): Promise<string | undefined> {
  const flow = new PageFlow(sink);
  const missing: string[] = [];
  const budget = new Budget();
  const reading = aReading(0, budget, (percent) => sink.progress(percent));
  try {
    for await (const piece of read(source, reading)) {
      if (typeof piece !== 'string' && 'missing' in piece) missing.push(piece.missing);
      else if (!put(flow, piece)) return missing[0];
    }
  } catch (error) {
    // What was read before the damage is kept.
    if (!(error instanceof BeyondLimits)) flow.newPage();
    throw error;
  }
  flow.newPage();
  if (budget.damaged) missing.push(DAMAGED);
  return missing.length > 0 ? [...new Set(missing)].slice(0, 3).join(' ') : undefined;
}

const DAMAGED = 'The file is damaged: parts of it could not be read.';

function put(flow: PageFlow, piece: Exclude<Piece, { missing: string }>): boolean {
  if (typeof piece === 'string') return flow.text(piece);
  return 'page' in piece ? flow.page(piece.page) : flow.newPage();
}

function aReading(depth: number, budget: Budget, progress: (percent: number) => void): Reading {
  return {
    depth,
    budget,
    progress,
    nested: (source) => {
      if (depth + 1 > EXTRACTION_LIMITS.depth) throw new BeyondLimits('Files are packed inside files more deeply than is opened.');
      return read(
        source,
        aReading(depth + 1, budget, () => undefined),
      );
    },
  };
}

/** Reads by the content's kind; what turns out to be none of that kind after all is read as the text it is. */
async function* read(source: Source, reading: Reading): AsyncGenerator<Piece> {
  const type = await typeOf(source);
  const open = type.kind === 'encrypted' ? await withoutPassword(source) : null;
  if (open) return yield* read(open, reading);
  if (type.kind === 'encrypted' || type.kind === 'unsupported') throw new Unreadable(type.kind, type.reason);
  let begun = false;
  try {
    for await (const piece of (await READERS[type.kind]())(source, reading)) {
      begun ||= typeof piece !== 'string' || piece.trim() !== '';
      yield piece;
    }
  } catch (error) {
    const isOther =
      !begun &&
      error instanceof Unreadable &&
      !(error instanceof BeyondLimits) &&
      error.status === 'failed' &&
      CLAIMED[type.kind]?.test(source.name) === false;
    if (!isOther || !(await source.encoding())) throw error;
    yield* readText(source);
    return;
  }
  if (!begun && TOLD_BY_FIRST_LINE.has(type.kind)) yield* readText(source);
}

/** A document that Office encrypted although nobody chose a password: it opens without asking for one. */
async function withoutPassword(source: Source): Promise<Source | null> {
  const { openWithDefaultPassword } = await import('./formats/default-password.ts');
  const bytes = await openWithDefaultPassword(await source.bytes());
  return bytes && Source.of(bytes, source.name);
}

async function typeOf(source: Source): Promise<DetectedType> {
  const type = await detectType(await source.read(0, SNIFF_BYTES), source.name);
  if (OF_OLE.has(type.kind) || type.contentType === 'application/x-cfb') return oleType(type, await source.bytes());
  const isZip = type.kind === 'archive' && type.contentType === 'application/zip';
  const kind = isZip ? await (await import('./formats/zip-kind.ts')).zipKind(source) : null;
  return kind ? { ...type, kind } : type;
}

const OF_OLE: ReadonlySet<string> = new Set<DocumentKind>(['doc', 'xls', 'ppt', 'msg']);

/** The directory of this container may stand anywhere in it, and has documents within the document as well. */
async function oleType(type: DetectedType, bytes: Buffer): Promise<DetectedType> {
  const whole = type.kind === 'unsupported' ? oleContainer(bytes) : type;
  if (whole.kind === 'encrypted') return whole;
  if (!(await import('./formats/ole-chains.ts')).chainsEnd(bytes))
    throw new Unreadable('failed', 'The document is damaged: its parts cannot be put together.');
  const kind = (await import('./formats/ole-kind.ts')).oleKind(bytes);
  if (kind === 'damaged' && whole.kind === 'unsupported')
    throw new Unreadable('failed', 'The document is damaged: what it holds cannot be found.');
  return kind && kind !== 'damaged' ? { kind, contentType: whole.contentType } : whole;
}

/** Names of what people write for people, in lines that may be set in as they please. The rest is code and settings. */
const PROSE = /^[^.]*$|\.(?:txt|text|log|out|rst|adoc|tex|bib)$/i;

/** What rich text is made of, and nobody writes. */
const CONTROL_WORDS = /\\(?:par|pard|plain|f\d+|fs\d+|cf\d+)\b/g;
const isRtfWithoutHead = (source: Source, head: Buffer): boolean =>
  source.extension === 'rtf' && (head.toString('latin1').match(CONTROL_WORDS)?.length ?? 0) >= 5;

async function* readText(source: Source): AsyncGenerator<Piece> {
  if (!(await source.encoding())) throw new Unreadable('unsupported', 'The content is not text, whatever its beginning looks like.');
  if (isRtfWithoutHead(source, await source.read(0, SNIFF_BYTES)))
    throw new Unreadable('failed', 'The document is damaged: its beginning is missing.');
  if (PROSE.test(source.name)) yield* source.text();
  else for await (const line of source.lines()) yield `${markIndents(line)}\n`;
}
