import { writeFileSync } from 'node:fs';
import { MemoryIndex } from '../../apps/files/test/search.ts';
import type { AnswerRequest } from '../../apps/files/src/answers/answerer.ts';
import type { Candidate } from '../../apps/files/src/answers/candidate.ts';
import { candidatesIn } from '../../apps/files/src/answers/candidates.ts';
import { quotesOf } from '../../apps/files/src/answers/composition.ts';
import { groundsOf } from '../../apps/files/src/answers/decision.ts';
import { Comparison } from '../../apps/files/src/answers/features.ts';
import type { Features, Grounds } from '../../apps/files/src/answers/model.ts';
import { familyOf, probability, type Family, type Logistic, type Weights } from '../../apps/files/src/answers/model.ts';
import { rank } from '../../apps/files/src/answers/ranking.ts';
import { WEIGHTS } from '../../apps/files/src/answers/weights.ts';
import { compose } from '../../apps/files/src/answers/composition.ts';
import { holdsAnswer, type Article, type Asked, type Corpus } from './corpus.ts';
import { fitChoice, fitLogistic } from './fit.ts';
import { nearlyFitting, othersFor, withoutAnswer } from './variants.ts';

/** Off-file questions that must find nothing, those that nearly fit and may count as answered, and answers that may be wrong, as shares. */
const OFF_FILE_REFUSED = 0.97;
const NEARLY_FITTING_ANSWERED = 0.22;
const WRONG_WHEN_ANSWERED = 0.075;
/** Fewer examples of a family than this fit nothing of their own; fewer of a language may be another's, taken for it. */
const ENOUGH = 200;
const ENOUGH_OF_LANGUAGE = 1000;

/** Thresholds are found with weights fitted to the articles of the other parts: an article that was trained on looks too easy. */
const PARTS = 6;

/** A question put to an article; `articles` are the two it comes from and is put to. Without grounds where nothing at all was found. */
type Example = {
  kind: 'own' | 'without' | 'nearly' | 'other';
  articles: number[];
  language: string;
  family: Family;
  grounds: Grounds | null;
  right: boolean;
};
type Models = Pick<Weights, 'bearing' | 'answering'>;
type Judged = Pick<Example, 'kind' | 'language' | 'right'> & { bearing: number; answering: number };

/** Labels are given for what is shown beside a doubtful answer. */
const BARELY = { status: 'answered', confidence: 0.5 } as const;

const FEATURES = Object.keys(WEIGHTS.ranking) as (keyof Features)[];
const GROUNDS = Object.keys(WEIGHTS.bearing.spaced).filter((name) => name !== 'bias') as (keyof Grounds)[];
const FAMILIES = Object.keys(WEIGHTS.bearing) as Family[];

/** The weights that suit some articles of some corpora best. What the product uses meanwhile is overwritten. */
export function train(corpora: Corpus[], keep: (nth: number) => boolean = () => true): Weights {
  const chosen = corpora.map(({ name, articles }) => ({ name, articles: articles.filter((_, nth) => keep(nth)) }));
  Object.assign(WEIGHTS, { ranking: fitRanking(chosen) });
  const examples = chosen.flatMap(({ articles }) => examplesOf(articles));
  Object.assign(WEIGHTS, { ...fitModels(examples), least: calibrate(judgedUnseen(examples)) });
  return WEIGHTS;
}

function fitModels(examples: Example[]): Models {
  const bears = examples.filter(({ kind }) => kind === 'own' || kind === 'other');
  return {
    bearing: byFamily((family) => logistic(family, bears, ({ kind }) => kind === 'own')),
    answering: byFamily((family) => logistic(family, examples, ({ right }) => right)),
  };
}

/** Each example with what weights say of it that were fitted to other articles. */
function judgedUnseen(examples: Example[]): Judged[] {
  return Array.from({ length: PARTS }, (_, part) => part).flatMap((part) => {
    const models = fitModels(examples.filter(({ articles }) => articles.every((nth) => nth % PARTS !== part)));
    return examples
      .filter(({ articles }) => articles[0]! % PARTS === part)
      .map(({ kind, language, right, family, grounds }) => {
        const chance = (model: keyof Models) => (grounds ? probability(models[model][family], grounds) : 0);
        return { kind, language, right, bearing: chance('bearing'), answering: chance('answering') };
      });
  });
}

const taken = new Map<string, Candidate[]>();

/** The same passages are taken apart once, whatever is asked. */
function candidatesOf({ passages }: AnswerRequest): Candidate[] {
  const key = passages
    .map(({ page, start, text }) => `${page} ${start} ${text}`)
    .toSorted()
    .join('\n');
  const known = taken.get(key) ?? candidatesIn(passages);
  taken.set(key, known);
  return known;
}

function fitRanking(corpora: Corpus[]): Features {
  const groups = corpora.flatMap(({ articles }) =>
    articles.flatMap((article) => {
      const index = new MemoryIndex(article.pages);
      return article.asked.map((asked) => {
        const request = index.request(asked.question);
        const { weighed } = new Comparison(request, candidatesOf(request));
        return {
          rows: weighed.map(({ features }) => FEATURES.map((name) => features[name])),
          right: weighed.map(({ candidate }) => holdsAnswer(candidate.quote, asked)),
        };
      });
    }),
  );
  return named(FEATURES, fitChoice(groups.filter(({ right }) => right.includes(true))));
}

function examplesOf(articles: Article[]): Example[] {
  const indexes = articles.map(({ pages }) => new MemoryIndex(pages));
  return articles.flatMap((article, own) =>
    article.asked.flatMap((asked, nth) => {
      const nearly = nearlyFitting(asked, article.asked, nth);
      return [
        { kind: 'own' as const, articles: [own], ...replyOf(indexes[own]!, asked) },
        ...(nth % 3 === 0
          ? [{ kind: 'without' as const, articles: [own], ...replyOf(withoutAnswer(article, asked), { ...asked, answers: [] }) }]
          : []),
        ...(nearly ? [{ kind: 'nearly' as const, articles: [own], ...replyOf(indexes[own]!, { question: nearly, answers: [] }) }] : []),
        ...othersFor(indexes, own, nth).map((index) => {
          const articles = [own, indexes.indexOf(index)];
          return { kind: 'other' as const, articles, ...replyOf(index, { ...asked, answers: [] }) };
        }),
      ];
    }),
  );
}

function replyOf(index: MemoryIndex, asked: Asked): Omit<Example, 'kind' | 'articles'> {
  const request = index.request(asked.question);
  const ranking = rank(request, candidatesOf(request));
  const language = request.question.language ?? 'other';
  const family = familyOf(request.question.language);
  if (ranking.ranked.length === 0) return { language, family, grounds: null, right: false };
  const { citations } = compose(quotesOf(request.question, ranking.ranked, BARELY));
  const right = citations.some(({ quote }) => holdsAnswer(quote, asked));
  return { language, family, grounds: groundsOf(ranking), right };
}

function logistic(family: Family, examples: Example[], label: (example: Example) => boolean): Logistic {
  const found = examples.filter((example): example is Example & { grounds: Grounds } => example.grounds !== null);
  const own = found.filter((example) => example.family === family);
  const used = own.length < ENOUGH ? found : own;
  const fitted = fitLogistic(
    used.map(({ grounds }) => GROUNDS.map((name) => grounds[name])),
    used.map(label),
  );
  return { ...named(GROUNDS, fitted), bias: fitted.at(-1)! };
}

/** By language, where its questions begin to count as borne on, and as answered. */
function calibrate(examples: Judged[]): Weights['least'] {
  const byLanguage = Map.groupBy(examples, ({ language }) => language);
  const entries = [...byLanguage].filter(([language, own]) => language !== 'other' && own.length >= ENOUGH_OF_LANGUAGE);
  return Object.fromEntries(
    [...entries.toSorted(([a], [b]) => (a < b ? -1 : 1)), ['other', examples] as const].map(([language, own]) => [language, leastOf(own)]),
  );
}

function leastOf(examples: Judged[]): { bearing: number; answering: number } {
  const chances = (kind: Example['kind'], model: keyof Models) =>
    examples.filter((example) => example.kind === kind).map((example) => example[model]);
  return {
    bearing: quantile(chances('other', 'bearing'), OFF_FILE_REFUSED),
    answering: Math.max(
      quantile(chances('nearly', 'answering'), 1 - NEARLY_FITTING_ANSWERED),
      quantile(chances('other', 'answering'), 0.997),
      leastRight(examples),
    ),
  };
}

/** The least chance from which on no more answers are wrong than may be. */
function leastRight(examples: Judged[]): number {
  const own = examples.filter(({ kind }) => kind === 'own').toSorted((a, b) => b.answering - a.answering);
  let wrong = 0;
  let least = 1;
  for (const [before, { answering, right }] of own.entries()) {
    if (!right) wrong += 1;
    if (wrong <= WRONG_WHEN_ANSWERED * (before + 1)) least = answering;
  }
  return least;
}

function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0.5;
}

const byFamily = (fit: (family: Family) => Logistic) =>
  Object.fromEntries(FAMILIES.map((family) => [family, fit(family)])) as Record<Family, Logistic>;

const named = <K extends string>(names: K[], values: number[]) =>
  Object.fromEntries(names.map((name, i) => [name, values[i]!])) as Record<K, number>;

/** Writes the weights as the module that the product reads, rounded so that machines agree: each set of them on a line. */
export function writeWeights(path: string, weights: Weights): void {
  const line = (value: object) =>
    JSON.stringify(value, (_, part: unknown) => (typeof part === 'number' ? Number(part.toPrecision(4)) : part))
      .replace(/"(\w+)":/g, '$1: ')
      .replace(/,/g, ', ');
  const lines = (sets: Record<string, object>) =>
    Object.entries(sets)
      .map(([name, set]) => `    ${name}: ${line(set)},\n`)
      .join('');
  const text = [
    "import type { Weights } from './model.ts';\n\n/** Made by `npm run bench -- answers --train`, never by hand. */\n// prettier-ignore\n",
    `export const WEIGHTS: Weights = {\n  ranking: ${line(weights.ranking)},\n  bearing: {\n${lines(weights.bearing)}  },\n`,
    `  answering: {\n${lines(weights.answering)}  },\n  least: {\n${lines(weights.least)}  },\n};\n`,
  ];
  writeFileSync(path, text.join(''));
}
