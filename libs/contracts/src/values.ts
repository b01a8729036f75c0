import { z } from 'zod';
import { breaksLine, hasInk, withoutControls } from './ink.ts';

/** A UUID (version 7 when we make it). */
export const Id = z.uuid({ error: 'must be a UUID' }).toLowerCase();
/** ISO 8601 in UTC with milliseconds. */
export const Instant = z.iso.datetime({ precision: 3 });
/** A room's own counter, from 1. */
export const Seq = z.int().min(0);
/** Digits and nothing else, as a query string carries a number; what `Number` makes of other text is not what was meant. */
const fromQuery = (value: unknown) => (typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value);
/** A place in a timeline, from a query string too. */
export const Place = z.preprocess(fromQuery, z.int({ error: 'must be a whole number' }).min(0));
/** 1–100, 50 when absent; outside is refused, never clamped. Takes query strings too. */
export const Limit = z.preprocess(fromQuery, z.int({ error: 'must be a whole number from 1 to 100' }).min(1).max(100).default(50));
/** An opaque position in a list, as a former page returned it. */
export const Cursor = z.string().min(1).max(200);

/** A page of a list that is read in one direction. */
export const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** A page of a timeline that can be read both ways. */
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), hasBefore: z.boolean(), hasAfter: z.boolean() });

/** An answer that carries nothing. */
export const Nothing = z.object({});

/** Text that PostgreSQL stores as it came: no null character, no half of a surrogate pair. */
export const isStorable = (value: string): boolean => !value.includes('\u0000') && !/\p{Surrogate}/u.test(value);

/** Counted as people count: a character outside the first plane is one. */
const lengthOf = (value: string): number => [...value].length;

/** Text that a person wrote, trimmed, on any number of lines; lengths in code points. What nobody could see is empty. */
export const prose = (minLength: number, maxLength: number) =>
  z
    .string()
    .trim()
    .overwrite((v) => (hasInk(v) ? v : ''))
    .refine((v) => lengthOf(v) >= minLength, {
      error: minLength === 1 ? 'must not be empty: it needs a visible character' : `must have at least ${minLength} characters`,
    })
    .refine((v) => lengthOf(v) <= maxLength, { error: `must have at most ${maxLength} characters` })
    .refine(isStorable, { error: 'must not contain null characters or halves of characters' })
    .meta({ minLength, maxLength });

const singleLine = (minLength: number, maxLength: number, tidy: (text: string) => string) =>
  z
    .string()
    .trim()
    .refine((v) => !breaksLine(v), { error: 'must be a single line' })
    .refine(isStorable, { error: 'must not contain null characters or halves of characters' })
    .overwrite(tidy)
    .pipe(prose(minLength, maxLength))
    .meta({ minLength, maxLength });

/** The same on a single line, as topics are; loses control characters and marks that turn the writing. */
export const line = (minLength: number, maxLength: number) => singleLine(minLength, maxLength, withoutControls);

/** What somebody or something is called: a gap of whatever kind and width is one space, as it is shown, or two names would look alike. */
export const nameLine = (minLength: number, maxLength: number) =>
  singleLine(minLength, maxLength, (text) => withoutControls(text).replace(/\s+/gu, ' '));
