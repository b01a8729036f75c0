/** How a sentence bears on a question, for choosing between sentences. Nearly all are shares of the question, 0 to 1. */
export type Features = {
  /** BM25 over folded words and their like, and over words as they are written. */
  bm25: number;
  bm25AsWritten: number;
  /** Of the sentence with the one before it and its heading; of the one after it; of the passage. */
  context: number;
  following: number;
  passage: number;
  /** Of the question's words, whatever their weight, and of its pairs of neighbours. */
  words: number;
  pairs: number;
  /** Whether it holds a quantity, a time, a name, where that is asked for. */
  quantity: number;
  time: number;
  name: number;
};

/** What decides whether the best sentence answers; shares again, save counts. */
export type Grounds = Pick<Features, 'bm25' | 'bm25AsWritten' | 'passage' | 'words'> & {
  /** Of the question's names and of its numbers, in the sentence, the two before it and its heading. */
  names: number;
  numbers: number;
  /** Whether it holds anything of the kind that is asked for, or what stands under it does. */
  expected: number;
  /** What the sentences found know of the question, together. */
  known: number;
  knownAsWritten: number;
  knownPairs: number;
  unknownWords: number;
  length: number;
  /** How far the best is ahead. */
  lead: number;
};

/** Languages that are written alike are weighed alike. */
export type Family = 'spaced' | 'unspaced' | 'unpunctuated' | 'syllabic';
export type Logistic = Grounds & { bias: number };

/** What `weights.ts` holds: numbers that `npm run bench -- answers --train` found, and none by hand. */
export type Weights = {
  ranking: Features;
  /** Whether the best sentence bears on the question at all, and whether it answers it. */
  bearing: Record<Family, Logistic>;
  answering: Record<Family, Logistic>;
  /** By language, the probabilities from which a question counts as borne on, and as answered; `other` is for the rest. */
  least: Record<string, { bearing: number; answering: number }>;
};

export function weighted<T extends Record<string, number>>(weights: T, values: T): number {
  return Object.keys(weights).reduce((sum, name) => sum + weights[name]! * (values[name] ?? 0), 0);
}

export const probability = (weights: Logistic, grounds: Grounds): number =>
  1 / (1 + Math.exp(-weights.bias - weighted<Grounds>(weights, grounds)));

export function familyOf(language: string | null): Family {
  if (language === 'vietnamese') return 'syllabic';
  if (language === 'thai') return 'unpunctuated';
  return language && ['chinese', 'japanese', 'korean'].includes(language) ? 'unspaced' : 'spaced';
}
