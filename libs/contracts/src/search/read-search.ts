import { validationError } from '../errors.ts';
import { Id } from '../values.ts';
import { HAS, KINDS, queryParts, type Operator, type QueryPart } from './search-operators.ts';
import type { SearchQuery } from './search.schema.ts';

type Has = (typeof HAS)[number];
type Kind = (typeof KINDS)[number];

/** What is searched for, before names are looked up: people and rooms stand as they were written. */
export type ReadSearch = {
  words: string[];
  phrases: string[];
  from: string[];
  roomIds: string[];
  roomNames: string[];
  kind?: Kind;
  has: Has[];
  before?: string;
  after?: string;
  mentionsMe: boolean;
};

/** Reads what was typed together with the parameters beside it. @throws AppError `validation_failed`, naming the part at fault */
export function readSearch(query: Pick<SearchQuery, 'q' | 'roomId' | 'from' | 'has' | 'before' | 'after' | 'in' | 'mentions'>): ReadSearch {
  const read: ReadSearch = { words: [], phrases: [], from: [], roomIds: [], roomNames: [], has: [], mentionsMe: false };
  if (query.roomId !== undefined) read.roomIds.push(query.roomId);
  for (const value of query.from ?? []) read.from.push(nameOf('from', value, 'from'));
  read.has.push(...(query.has ?? []));
  if (query.in !== undefined) read.kind = query.in;
  if (query.before !== undefined) read.before = instantOf('before', query.before, 'before');
  if (query.after !== undefined) read.after = instantOf('after', query.after, 'after');
  if (query.mentions === 'me') read.mentionsMe = true;
  for (const part of queryParts(query.q)) take(read, part);
  requireSomething(read);
  return read;
}

function take(read: ReadSearch, part: QueryPart): void {
  if (part.kind === 'word') read.words.push(part.text);
  else if (part.kind === 'phrase') read.phrases.push(...(part.text === '' ? [] : [part.text]));
  else takeOperator[part.operator](read, part.value);
}

const takeOperator: Record<Operator, (read: ReadSearch, value: string) => void> = {
  from: (read, value) => read.from.push(nameOf('from', value, 'q')),
  in: (read, value) => {
    const where = nameOf('in', value, 'q').replace(/^#/, '');
    if (isOneOf(KINDS, where.toLowerCase())) read.kind = sameAs(read.kind, where.toLowerCase() as Kind);
    else if (Id.safeParse(where).success) read.roomIds.push(where.toLowerCase());
    else read.roomNames.push(where);
  },
  has: (read, value) => {
    if (!isOneOf(HAS, value.toLowerCase())) throw fault('q', `has: takes ${listed(HAS)}, not “${value}”`);
    read.has.push(value.toLowerCase() as Has);
  },
  before: (read, value) => {
    const at = instantOf('before', value, 'q');
    if (read.before === undefined || at < read.before) read.before = at;
  },
  after: (read, value) => {
    const at = instantOf('after', value, 'q');
    if (read.after === undefined || at > read.after) read.after = at;
  },
  mentions: (read, value) => {
    if (value.replace(/^@/, '').toLowerCase() !== 'me') throw fault('q', `mentions: can only be mentions:me, not “${value}”`);
    read.mentionsMe = true;
  },
};

function sameAs(known: Kind | undefined, kind: Kind): Kind {
  if (known !== undefined && known !== kind) throw fault('q', 'in: names messages and files at once; leave it out to search both');
  return kind;
}

function requireSomething(read: ReadSearch): void {
  const { words, phrases, from, roomIds, roomNames, has, before, after, mentionsMe } = read;
  if ([words, phrases, from, has].some((list) => list.length > 0) || before !== undefined || after !== undefined || mentionsMe) return;
  // A room alone is a place to search in, not something to search for.
  const detail = roomIds.length + roomNames.length > 0 ? ' in that room' : '';
  throw fault('q', `says nothing to search for${detail}: give a word, a "phrase" or an operator such as from:, has: or before:`);
}

const USERNAME_OR_NAME = /[\p{L}\p{N}]/u;

function nameOf(operator: 'from' | 'in', value: string, path: string): string {
  const name = value.trim().replace(operator === 'from' ? /^@/ : /^(?=#)/, '');
  if (USERNAME_OR_NAME.test(name)) return name;
  throw fault(
    path,
    operator === 'from' ? 'from: needs a username, as in from:ann, or from:me' : 'in: needs messages, files or a room, as in in:"Design"',
  );
}

const DAY = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/i;

/** A day, a month or a year stands for its beginning, in UTC. */
function instantOf(operator: 'before' | 'after', value: string, path: string): string {
  const [, year, month = '01', day = '01'] = DAY.exec(value) ?? [];
  const text = year === undefined ? value : `${year}-${month}-${day}T00:00:00.000Z`;
  const time = year !== undefined || INSTANT.test(value) ? new Date(text) : new Date(Number.NaN);
  const exists = !Number.isNaN(time.getTime()) && (year === undefined || time.toISOString() === text);
  if (!exists) throw fault(path, `${operator}: needs a day such as ${operator}:2026-03-31, or an instant, not “${value}”`);
  return time.toISOString();
}

const isOneOf = <T extends string>(known: readonly T[], value: string): value is T => (known as readonly string[]).includes(value);
const listed = (values: readonly string[]) => `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
const fault = (path: string, message: string) => validationError([{ path: [path], message }]);
