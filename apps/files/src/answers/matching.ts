import { similarity, type Term } from '../text/terms.ts';
import type { ParsedQuestion } from './question.ts';

/** A question beside the sentence that may answer it. */
export type Pair = { question: ParsedQuestion; quote: string; terms: Term[] };

export const alike = (a: Term, b: Term | undefined): boolean => b !== undefined && similarity(a, b) > 0;

/** Where in the sentence a word of the question stands, as indices of its terms. */
export const placesOf = (wanted: Term, terms: Term[]): number[] => terms.flatMap((term, at) => (alike(wanted, term) ? [at] : []));

const PRONOUN = /^["'“‘(]*(?:it|its|he|his|him|she|her|hers|they|their|this|these|that|those)\b/i;
/** "In the end, he …": words without a name, then the pronoun. */
const LATE_PRONOUN = /^["'“‘(]*\p{Lu}\p{Ll}*(?:,? [\p{Ll}\p{Nd}]+){0,9},? (?:it|he|she|they) /u;

/** "Its budget is …": the sentence goes on about what the one before it named. */
export const opensWithPronoun = (quote: string): boolean => PRONOUN.test(quote) || LATE_PRONOUN.test(quote);
