import { z } from 'zod';
import { onOneLine } from '../ink.ts';
import { Id, Instant, line, prose } from '../values.ts';

export const FileStatus = z.enum(['stored', 'queued', 'extracting', 'ready', 'partial', 'no_text', 'unsupported', 'encrypted', 'failed']);
export type FileStatus = z.output<typeof FileStatus>;
/** Statuses after which nothing more happens by itself. */
export const FINAL_FILE_STATUSES: readonly FileStatus[] = ['ready', 'partial', 'no_text', 'unsupported', 'encrypted', 'failed'];
/** Statuses in which a file can be asked. */
export const ASKABLE_FILE_STATUSES: readonly FileStatus[] = ['ready', 'partial'];

export const FileRecord = z
  .object({
    id: Id,
    roomId: Id,
    uploaderId: Id,
    name: z.string(),
    contentType: z.string(),
    size: z.int(),
    sha256: z.string(),
    version: z.int(),
    status: FileStatus,
    statusReason: z.string().optional(),
    /** Per cent, while extracting. */
    progress: z.int().optional(),
    pages: z.int().optional(),
    chars: z.int().optional(),
    chunks: z.int().optional(),
    createdAt: Instant,
  })
  .meta({ id: 'File' });
export type FileRecord = z.output<typeof FileRecord>;

export const TextPage = z.object({ page: z.int(), text: z.string() });

export const FileName = z.string().overwrite(onOneLine).pipe(line(1, 255));

export const MAX_FILES_PER_UPLOAD = 10;
/** What was put at an address that `openUpload` gave. */
export const PutFile = z.object({ fileId: Id, name: FileName, size: z.int().min(0), sha256: z.string().length(64) });

/** A quote with its place: offsets in code points into that page's text; `quote` equals the slice. */
export const Citation = z
  .object({
    n: z.int(),
    fileId: Id,
    version: z.int(),
    page: z.int(),
    start: z.int(),
    end: z.int(),
    quote: z.string(),
  })
  .meta({ id: 'Citation' });
export type Citation = z.output<typeof Citation>;

export const Question = prose(1, 1000);

export const Answer = z
  .object({
    id: Id,
    status: z.enum(['answered', 'no_evidence']),
    question: z.string(),
    queryUsed: z.string(),
    answer: z.string(),
    citations: z.array(Citation),
    cost: z.int(),
    creditsLeft: z.int(),
    createdAt: Instant,
  })
  .meta({ id: 'Answer' });
export type Answer = z.output<typeof Answer>;
