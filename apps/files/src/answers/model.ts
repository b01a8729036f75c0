import type { Features, Grounds } from './features.ts';

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
