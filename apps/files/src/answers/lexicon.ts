import { similarity, syllableSimilarity, wordsOf, type Term } from '../text/terms.ts';
import type { AnswerRequest } from './answerer.ts';
import type { Candidate } from './candidate.ts';
import { familyOf } from './model.ts';

/** How like each word of the question a sentence's nearest word is (0 to 1), and how much of the like it has in all. */
export type Likeness = { best: number[]; counts: number[] };

const SATURATION = 1.2;
const LENGTH = 0.75;

/** The question's words in the files asked: how telling each is, and what is like it. Shares are of their weight. */
export class Lexicon {
  /** By word of the question; the rarer, the heavier. */
  private readonly weights: number[];
  private readonly total: number;
  private readonly written: { word: string; weight: number; known: boolean }[];
  private readonly similar: Map<string, number>[];
  private readonly lengths: { terms: number; words: number };
  private readonly asked: Term[];
  private readonly compare: typeof similarity;
  /** The question's words by their form where only the same form is like them, and the others, each as its place. */
  private readonly grams: Map<string, number[]>;
  private readonly others: number[];

  constructor(request: AnswerRequest, candidates: Candidate[]) {
    const { terms, text, language } = request.question;
    this.asked = terms;
    const places = [...terms.keys()];
    this.grams = Map.groupBy(
      places.filter((k) => terms[k]!.kind === 'gram'),
      (k) => terms[k]!.form,
    );
    this.others = places.filter((k) => terms[k]!.kind !== 'gram');
    const isAccented = terms.some(({ form, written }) => form !== written);
    this.compare = familyOf(language) === 'syllabic' && isAccented ? syllableSimilarity : similarity;
    const byPassage = [...Map.groupBy(candidates, ({ passage }) => passage).values()];
    const keys = new Set(terms.map(({ key }) => key));
    const inSentences = countHolders(
      keys,
      candidates.map((candidate) => candidate.terms.map(({ key }) => key)),
    );
    const inPassages = countHolders(
      keys,
      byPassage.map((own) => own.flatMap((candidate) => candidate.terms.map(({ key }) => key))),
    );
    // Passages are the best of the files: in how many sentences of all a word is follows from the index.
    this.total = Math.max(candidates.length, (request.total * candidates.length) / Math.max(1, byPassage.length));
    this.weights = terms.map((term) => {
      const perPassage = (inSentences.get(term.key) ?? 1) / (inPassages.get(term.key) ?? 1);
      return this.rarity(Math.max(inSentences.get(term.key) ?? 0, request.holding(term) * perPassage));
    });
    const words = wordsOf(text);
    const written = countHolders(
      new Set(words),
      candidates.map((candidate) => candidate.words),
    );
    const growth = this.total / Math.max(1, candidates.length);
    this.written = words.map((word) => ({ word, weight: this.rarity((written.get(word) ?? 0) * growth), known: written.has(word) }));
    this.similar = terms.map(() => new Map());
    this.lengths = {
      terms: mean(candidates.map((candidate) => candidate.terms.length)),
      words: mean(candidates.map((candidate) => candidate.words.length)),
    };
  }

  likeness(terms: Term[]): Likeness {
    const likeness: Likeness = { best: this.weights.map(() => 0), counts: this.weights.map(() => 0) };
    const add = (k: number, value: number) => {
      if (value > likeness.best[k]!) likeness.best[k] = value;
      likeness.counts[k]! += value;
    };
    for (const term of terms) {
      if (term.kind === 'gram') for (const k of this.grams.get(term.form) ?? []) add(k, 1);
      else for (const k of this.others) add(k, this.similarity(k, term));
    }
    return likeness;
  }

  /** How like the k-th word of the question a word is. */
  private similarity(k: number, term: Term): number {
    const known = this.similar[k]!;
    const before = known.get(term.written);
    if (before !== undefined) return before;
    const value = this.compare(this.asked[k]!, term);
    known.set(term.written, value);
    return value;
  }

  share(values: number[], keep: (term: Term) => boolean = () => true): number {
    return ratio(
      values.map((value, k) => value * this.weights[k]!),
      this.weights,
      (k) => keep(this.asked[k]!),
    );
  }

  bm25({ counts }: Likeness, candidate: Candidate): number {
    const length = candidate.terms.length / this.lengths.terms;
    return this.share(counts.map((count) => saturated(count, length)));
  }

  /** The same over words as they stand, small ones too: exact spelling tells a little more. */
  bm25AsWritten({ words }: Candidate): number {
    const length = words.length / this.lengths.words;
    const values = this.written.map(({ word, weight }) => weight * saturated(words.filter((other) => other === word).length, length));
    return ratio(values, this.writtenWeights());
  }

  /** The share of the question as it is written that any sentence knows. */
  knownAsWritten(): number {
    return ratio(
      this.written.map(({ weight, known }) => (known ? weight : 0)),
      this.writtenWeights(),
    );
  }

  private writtenWeights = () => this.written.map(({ weight }) => weight);

  private rarity(holders: number): number {
    return Math.log(1 + (this.total - holders + 0.5) / (holders + 0.5));
  }
}

const saturated = (count: number, length: number) => (count * (SATURATION + 1)) / (count + SATURATION * (1 - LENGTH + LENGTH * length));

function ratio(parts: number[], whole: number[], keep: (k: number) => boolean = () => true): number {
  const sum = (values: number[]) => values.reduce((total, value, k) => (keep(k) ? total + value : total), 0);
  const total = sum(whole);
  return total === 0 ? 0 : sum(parts) / total;
}

/** How many of the groups hold each of the words. */
function countHolders(wanted: Set<string>, groups: string[][]): Map<string, number> {
  const holders = new Map<string, number>();
  for (const group of groups) {
    for (const word of new Set(group.filter((word) => wanted.has(word)))) holders.set(word, (holders.get(word) ?? 0) + 1);
  }
  return holders;
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
