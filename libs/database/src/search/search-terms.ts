import type { EntityManager } from '@mikro-orm/postgresql';
import { Dictionary } from './dictionary.ts';
import { lexemeOf, pairsOf } from './search-text.ts';
import { beginning, isOneWord, needleOf, whole, type Wanted } from './wanted.ts';

/** A wanted thing with the words of the dictionary that may stand for it; `alike` are those spelled nearly like it. */
export type Term = { wanted: Wanted; lexemes: string; alike: string[] };
/** A piece of SQL and what its question marks stand for. */
export type Sql = { sql: string; parameters: unknown[] };

const EXACT = 1;
const BEGINNING = 0.8;
const PART = 0.6;
const ALIKE = 0.4;

/** Looks every wanted thing up. Null when one of them is in no text at all. */
export async function termsOf(tx: EntityManager, wanted: readonly Wanted[], similar: boolean): Promise<Term[] | null> {
  const terms: Term[] = [];
  for (const one of wanted) {
    const term = await termOf(tx, one, similar);
    if (!term) return null;
    terms.push(term);
  }
  return terms;
}

async function termOf(tx: EntityManager, wanted: Wanted, similar: boolean): Promise<Term | null> {
  const alike = similar && isOneWord(wanted) ? await Dictionary.alike(tx, wanted.texts[0]!) : [];
  const each: string[] = [];
  for (const [index, text] of wanted.texts.entries()) {
    const words = await lexemesOf(tx, wanted, { text, index });
    if (words === null && alike.length === 0) return null;
    each.push(...(words ?? []));
  }
  const lexemes = each.join(' & ');
  const alikeAlso = alike.map(quoted);
  return { wanted, alike, lexemes: `(${[...(lexemes === '' ? [] : [`(${lexemes})`]), ...alikeAlso].join(' | ')})` };
}

async function lexemesOf(tx: EntityManager, wanted: Wanted, { text, index }: { text: string; index: number }): Promise<string[] | null> {
  const isRun = wanted.runs[index]!;
  const isSingle = isRun && [...text].length === 1;
  if (isRun && !isSingle) return pairsOf(text).map(quoted);
  const goesOn = isSingle || (wanted.mayGoOn && index === wanted.texts.length - 1);
  if (!goesOn) return [quoted(lexemeOf(text))];
  const words = await Dictionary.holding(tx, lexemeOf(text), isRun);
  return words.length === 0 ? null : [`(${words.map(quoted).join(' | ')})`];
}

/** What the index is asked for: a query over lexemes that whatever is found must answer. */
export function indexQuery(terms: readonly Term[], ...more: string[]): string {
  return [...terms.map(({ lexemes }) => lexemes), ...more].join(' & ');
}

/** Any of these marks; marks are lexemes that begin with a colon, which no word does. */
export const anyMark = (marks: readonly string[]): string => `(${marks.map(quoted).join(' | ')})`;

/** What holds of a text in which all is found; `s` is its row in the index. */
export function foundSql(terms: readonly Term[]): Sql {
  const each = terms.map((term): Sql => {
    const held: Sql = { sql: 'strpos(s.folded, ?) > 0', parameters: [needleOf(term.wanted)] };
    if (term.alike.length === 0) return held;
    return { sql: `(${held.sql} or s.terms @@ ?::tsquery)`, parameters: [...held.parameters, anyMark(term.alike)] };
  });
  return { sql: ['true', ...each.map(({ sql }) => sql)].join(' and '), parameters: each.flatMap(({ parameters }) => parameters) };
}

/** How well a text answers, from 0 to 1: whole words before beginnings before parts before other spellings; all in a row; short. */
function qualitySql(terms: readonly Term[]): Sql {
  if (terms.length === 0) return { sql: '0.0', parameters: [] };
  const each = terms.map(({ wanted }): Sql => ({
    sql: `case when strpos(s.folded, ?) > 0 then ${EXACT} when strpos(s.folded, ?) > 0 then ${BEGINNING} when strpos(s.folded, ?) > 0 then ${PART} else ${ALIKE} end`,
    parameters: [whole(wanted), beginning(wanted), needleOf(wanted)],
  }));
  const inARow = beginning({
    texts: terms.flatMap(({ wanted }) => wanted.texts),
    runs: terms.flatMap(({ wanted }) => wanted.runs),
    mayGoOn: true,
  });
  return {
    sql: `((${each.map(({ sql }) => sql).join(' + ')}) / ${terms.length}.0 * 0.85 + case when strpos(s.folded, ?) > 0 then 0.15 else 0 end)
            * (0.7 + 0.3 / (1 + s.words / 50.0))`,
    parameters: [...each.flatMap(({ parameters }) => parameters), inARow],
  };
}

/** Mostly how well a text answers, and a little how new it is: half as much after a month. `s.created_at` is its time. */
export function scoreSql(terms: readonly Term[], asOf: string): Sql {
  const quality = qualitySql(terms);
  return {
    sql: `(0.85 * (${quality.sql}) + 0.15 / (1 + greatest(0, extract(epoch from ?::timestamptz - s.created_at)) / 2592000.0))::float8`,
    parameters: [...quality.parameters, asOf],
  };
}

function quoted(lexeme: string): string {
  return `'${lexeme.replace(/['\\]/g, (sign) => sign + sign)}'`;
}
