import type { Chunk } from '../indexing/chunks.ts';

/** What a file's content turned out to be, as far as extraction cares. */
export type TextKind = 'html' | 'markdown' | 'csv' | 'tsv' | 'json' | 'text';
export type DocumentKind = 'pdf' | 'docx' | TextKind;

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

/** A document that cannot be read, for a reason that its owner should be told. */
export class Unreadable extends Error {
  readonly status: 'unsupported' | 'encrypted' | 'failed';

  constructor(status: 'unsupported' | 'encrypted' | 'failed', reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'Unreadable';
    this.status = status;
  }
}

export const EXTRACTION_LIMITS = {
  seconds: 60,
  memoryBytes: 512 * 1024 * 1024,
  chars: 5_000_000,
  /** Far more than a sheet of paper holds; a longer page is cut in several. */
  pageChars: 30_000,
  pages: 20_000,
  zipEntries: 10_000,
  inflatedBytes: 256 * 1024 * 1024,
} as const;
