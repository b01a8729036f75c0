import { z } from 'zod';
import { FileRecord } from '../files/files.schema.ts';
import { Message } from '../messages/messages.schema.ts';
import { Id, Instant, Limit, isStorable } from '../values.ts';
import { HAS, KINDS } from './search-operators.ts';

const MAX_QUERY = 500;

export const SearchSort = z.enum(['relevance', 'newest']);
export const SearchKind = z.enum(KINDS);
export const SearchHas = z.enum(HAS);

const QueryText = z
  .string()
  .trim()
  .refine((v) => [...v].length <= MAX_QUERY, { error: `must have at most ${MAX_QUERY} characters` })
  .refine(isStorable, { error: 'must not contain null characters or halves of characters' });
/** One value, or the same parameter several times. */
const several = <T extends z.ZodType>(value: T) =>
  z.preprocess((given) => (given === undefined || Array.isArray(given) ? given : [given]), z.array(value).max(10).optional());

/** What a person searches with: the operators stand in `q` or as parameters of their own. */
export const SearchQuery = z.object({
  q: QueryText.default('').meta({
    description:
      'Words, beginnings and parts of words (3 characters and more; 2 in scripts without spaces), "exact phrases", and the operators from:, in:, has:, before:, after:, mentions:me',
    maxLength: MAX_QUERY,
  }),
  roomId: Id.optional(),
  from: several(z.string().min(1).max(100)).meta({ description: 'Usernames, ids, or `me`' }),
  has: several(SearchHas),
  before: z.string().max(30).optional().meta({ description: 'A day (UTC) or an instant; what is found is older' }),
  after: z.string().max(30).optional().meta({ description: 'A day (UTC) or an instant; what is found is not older' }),
  in: SearchKind.optional(),
  mentions: z.literal('me', { error: 'can only be `me`' }).optional(),
  sort: SearchSort.default('relevance'),
  cursor: z.string().min(1).max(400).optional(),
  limit: Limit,
});
export type SearchQuery = z.output<typeof SearchQuery>;

/** Where in `text` something was found, counted in code points: from `start` up to, not including, `end`. */
export const TextRange = z
  .object({ start: z.int().meta({ description: 'In code points' }), end: z.int().meta({ description: 'In code points, exclusive' }) })
  .meta({ id: 'TextRange' });
/** A piece of what was found, as a reader sees it, without markup. */
export const Highlight = z
  .object({ text: z.string(), ranges: z.array(TextRange).meta({ description: 'Offsets into `text` in code points, ascending' }) })
  .meta({ id: 'Highlight' });
export type Highlight = z.output<typeof Highlight>;

const found = { roomId: Id, score: z.number(), highlights: z.array(Highlight) };
export const MessageHit = z.object({ kind: z.literal('message'), ...found, message: Message }).meta({ id: 'MessageHit' });
export type MessageHit = z.output<typeof MessageHit>;
export const FileHit = z
  .object({
    kind: z.literal('file'),
    ...found,
    file: FileRecord,
    /** Absent where only the name was found. */
    page: z.int().optional(),
    /** The place of the highlighted piece in that page's text, in code points. */
    passage: TextRange.optional(),
  })
  .meta({ id: 'FileHit' });
export type FileHit = z.output<typeof FileHit>;
export const SearchHit = z.discriminatedUnion('kind', [MessageHit, FileHit]);
export type SearchHit = z.output<typeof SearchHit>;

export const SearchTotal = z.object({ value: z.int(), exact: z.boolean() }).meta({ id: 'SearchTotal' });

export const SearchResults = z
  .object({
    items: z.array(SearchHit),
    nextCursor: z.string().nullable(),
    total: SearchTotal,
    /** How far the index is behind what was said, where it is. */
    behindMs: z.int().optional(),
    /** What could not be searched, because a part of the service is away. */
    missing: z.array(SearchKind).optional(),
  })
  .meta({ id: 'SearchResults' });
export type SearchResults = z.output<typeof SearchResults>;

/** A search as services answer it: names are ids by now, and words are apart from operators. */
export const SearchRequest = z.object({
  words: z.array(z.string()),
  phrases: z.array(z.string()),
  roomIds: z.array(Id).optional(),
  authorIds: z.array(Id).optional(),
  has: z.array(SearchHas),
  before: Instant.optional(),
  after: Instant.optional(),
  mentionsMe: z.boolean(),
  sort: SearchSort,
  /** Recency is reckoned from here, so that the pages of one list agree. */
  asOf: Instant,
  /** The last hit that was shown: only what ranks after it is answered. */
  place: z.object({ rank: z.number(), id: Id, similar: z.boolean() }).optional(),
  limit: z.int().min(1).max(101),
});
export type SearchRequest = z.output<typeof SearchRequest>;

/** `rank` is what the list is sorted by: the score, or the time in milliseconds. */
const hits = <T extends z.ZodType>(hit: T) =>
  z.object({
    items: z.array(z.object({ rank: z.number(), id: Id, hit })),
    total: SearchTotal,
    /** Whether words that are spelled alike were found too, since so little was found as written. */
    similar: z.boolean(),
    behindMs: z.int().optional(),
  });
export const MessageHits = hits(MessageHit);
export const FileHits = hits(FileHit);
