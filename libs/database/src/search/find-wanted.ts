import type { SearchRequest } from '@atrium/contracts';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Marked } from './highlight.ts';
import { termsOf, type Term } from './search-terms.ts';
import { wantedOf, type Wanted } from './wanted.ts';

/** What one search found: the rows to show, and how many there are in all. */
export type Found<R> = { rows: R[]; total: { value: number; exact: boolean } };
export type FoundWanted<R> = Found<R> & { marked: Marked; similar: boolean };
type Find<R> = (terms: Term[]) => Promise<Found<R>>;

/** When less than this is found as it was written, words that are spelled alike are found too. */
const FEW = 5;

/** The words of a text as the index is asked for them, as they are written; null where one of them is in no text at all. */
export async function findTerms(tx: EntityManager, text: string): Promise<Term[] | null> {
  const words = text.split(/\s+/).filter((word) => word !== '');
  const wanted = wantedOf({ words, phrases: [] });
  return wanted.length === 0 && words.length > 0 ? null : termsOf(tx, wanted, false);
}

/** Looks the words of a search up and finds; once more with other spellings where little is found. Later pages do as the first did. */
export async function findWanted<R>(tx: EntityManager, request: SearchRequest, find: Find<R>): Promise<FoundWanted<R>> {
  const wanted = wantedOf(request);
  if (wanted.length === 0 && request.words.length + request.phrases.length > 0) return { ...nothing<R>(), ...unmarked(wanted) };
  if (request.place) return findAs(tx, wanted, request.place.similar, find);
  const exact = await findAs(tx, wanted, false, find);
  return exact.total.value >= FEW || wanted.length === 0 ? exact : findAs(tx, wanted, true, find);
}

async function findAs<R>(tx: EntityManager, wanted: Wanted[], similar: boolean, find: Find<R>): Promise<FoundWanted<R>> {
  const terms = await termsOf(tx, wanted, similar);
  if (!terms) return { ...nothing<R>(), ...unmarked(wanted), similar };
  const alike = new Set(terms.flatMap((term) => term.alike));
  return { ...(await find(terms)), marked: { wanted, alike }, similar };
}

const nothing = <R>(): Found<R> => ({ rows: [], total: { value: 0, exact: true } });
const unmarked = (wanted: Wanted[]) => ({ marked: { wanted, alike: new Set<string>() }, similar: false });
