import { z } from 'zod';
import { onOneLine } from '../ink.ts';
import { Id, Instant, line, listOf, prose } from '../values.ts';

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
    /** An attachment of a message that has not been sent: there for its uploader alone. */
    draft: z.literal(true).optional(),
    /** The virus that was found in it: it is neither read nor handed out. */
    threat: z.string().optional(),
    /** Which file of this name it is in the room, from 1 on. Told where files are asked for, not in the timeline. */
    revision: z.int().optional(),
    /** The newest file of this name, where that is another: the one that questions and searches are answered from. */
    newestId: Id.optional(),
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

/**
 * What became of a question: the file answers it, also by denying it; its nearest passages do not answer it surely; or
 * nothing in it bears on it. Only an answer is charged.
 */
export const AnswerStatus = z.enum(['answered', 'closest', 'no_evidence']);
export type AnswerStatus = z.output<typeof AnswerStatus>;

export const Answer = z
  .object({
    id: Id,
    status: AnswerStatus,
    /** How surely the quotes answer the question. */
    confidence: z.number().min(0).max(1),
    question: z.string(),
    queryUsed: z.string(),
    answer: z.string(),
    citations: z.array(Citation),
    cost: z.int(),
    creditsLeft: z.int(),
    createdAt: Instant,
    /** The files asked, where the asker chose among the room's. */
    fileIds: z.array(Id).optional(),
    /** Whether it helped, as the asker said. */
    helpful: z.boolean().optional(),
  })
  .meta({ id: 'Answer' });
export type Answer = z.output<typeof Answer>;

/** Files of a room chosen to be asked. */
export const ChosenFiles = z.array(Id).min(1).max(50);

/** Former answers, newest first, and what the next one will cost. */
export const AnswerHistory = listOf(Answer).extend({ questionCost: z.int() });
export type AnswerHistory = z.output<typeof AnswerHistory>;

/** What to know of a file on arrival: sentences that tell what it is about, and questions that it answers. */
export const Guide = z
  .object({ summary: z.array(Citation), questions: z.array(z.string()), questionCost: z.int() })
  .meta({ id: 'FileGuide' });
export type Guide = z.output<typeof Guide>;
