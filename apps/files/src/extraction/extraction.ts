import type { Chunk } from '../indexing/chunks.ts';
import type { Source } from './source.ts';

/** Kinds of text, told by how they are written and by the ending of the name. */
export type TextKind =
  'html' | 'markdown' | 'csv' | 'tsv' | 'json' | 'notebook' | 'xml' | 'mail' | 'mbox' | 'calendar' | 'contacts' | 'subtitles' | 'text';

/** What a file's content turned out to be, as far as extraction cares. */
export type DocumentKind =
  | 'pdf'
  | 'docx'
  | 'doc'
  | 'xlsx'
  | 'xls'
  | 'pptx'
  | 'ppt'
  | 'opendocument'
  | 'rtf'
  | 'epub'
  | 'msg'
  | 'tnef'
  | 'image'
  | 'archive'
  | TextKind;

/** What extraction found, in the words the file's status uses. */
export type ExtractionStatus = 'ready' | 'partial' | 'no_text' | 'unsupported' | 'encrypted' | 'failed';

/** What the extractor process says, one line of JSON each. */
export type ExtractorMessage =
  | { type: 'progress'; percent: number }
  | { type: 'page'; text: string; chunks: Chunk[] }
  | { type: 'end'; status: ExtractionStatus; reason?: string };

/** Receives the pages of a document as they are read. */
export type PageSink = {
  /** Adds a page of raw text; false once the document is longer than what is kept. */
  page(text: string): boolean;
  progress(percent: number): void;
};

/**
 * What a reader yields: text that flows on, a page as it stands in the document, the border to a page of its own, or a
 * word on what is missing. Whoever asks stops asking once there is enough, and the reader stops reading.
 */
export type Piece = string | { page: string } | { newPage: true } | { missing: string };

/** What readers of one upload share: how deep they are in it, and what may still be unpacked. */
export type Reading = {
  readonly depth: number;
  readonly budget: Budget;
  progress(percent: number): void;
  /** Reads a document inside a document. */
  nested(source: Source): AsyncIterable<Piece>;
};

export type Reader = (source: Source, reading: Reading) => AsyncIterable<Piece>;

/** A document that cannot be read, for a reason that its owner should be told. */
export class Unreadable extends Error {
  readonly status: 'unsupported' | 'encrypted' | 'failed' | 'no_text';

  constructor(status: Unreadable['status'], reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'Unreadable';
    this.status = status;
  }
}

/** A file that takes more than any file may: nothing of it is kept, wherever in an upload it stands. */
export class BeyondLimits extends Unreadable {
  constructor(reason: string) {
    super('failed', reason);
  }
}

export const EXTRACTION_LIMITS = {
  seconds: 60,
  /** Of processor time, without a word: no page of a document takes so long. */
  standstillSeconds: 20,
  memoryBytes: 512 * 1024 * 1024,
  chars: 5_000_000,
  /** Far more than a sheet of paper holds; a longer page is cut in several. */
  pageChars: 30_000,
  pages: 20_000,
  zipEntries: 10_000,
  inflatedBytes: 256 * 1024 * 1024,
  /** Documents within documents: an archive in a mail in an archive. */
  depth: 3,
  /** Files of archives and attachments of mails that are opened, all together. */
  nestedFiles: 1_000,
} as const;

/** What one upload may unpack, all its parts and their parts together, and whether some of them were found damaged. */
export class Budget {
  /** Something that should have been read is missing or not what was written; reading goes on. */
  damaged = false;
  private inflated = 0;
  private files = 0;

  /** @throws Unreadable `failed` once it is more than any document holds */
  spend(bytes: number): void {
    this.inflated += bytes;
    if (this.inflated > EXTRACTION_LIMITS.inflatedBytes) {
      throw new BeyondLimits('The file unpacks to far more than its size: it looks like a zip bomb.');
    }
  }

  /** Whether one more file inside may be opened. */
  openFile(): boolean {
    this.files += 1;
    return this.files <= EXTRACTION_LIMITS.nestedFiles;
  }
}
