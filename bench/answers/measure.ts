import { AskedArticle, type Reply } from './ask.ts';
import { plainBm25, type Search } from './baselines.ts';
import { holdsAnswer, type Article, type Corpus } from './corpus.ts';
import { othersFor } from './variants.ts';

type Outcomes = Record<Reply['status'], number>;
export type Hits = { name: string; first: number; firstThree: number };
export type Figures = {
  corpus: string;
  answerable: number;
  ours: Hits;
  searches: Hits[];
  outcomes: Outcomes;
  wrongWhenAnswered: number;
  offFile: Outcomes;
  unanswerable: Outcomes;
  inexact: number;
  quotes: number;
  ms: number[];
};

const none = (): Outcomes => ({ answered: 0, closest: 0, no_evidence: 0 });

/** Asks every question of a corpus its own article and two others, and counts what comes back. */
export async function measure({ name, articles }: Corpus, searches: (article: Article) => Promise<Search[]>): Promise<Figures> {
  const figures: Figures = {
    corpus: name,
    answerable: 0,
    ours: { name: 'Atrium', first: 0, firstThree: 0 },
    searches: [],
    outcomes: none(),
    wrongWhenAnswered: 0,
    offFile: none(),
    unanswerable: none(),
    inexact: 0,
    quotes: 0,
    ms: [],
  };
  const asked = articles.map((article) => new AskedArticle(article));
  for (const [own, file] of asked.entries()) {
    const besides = await searches(file.article);
    for (const [nth, question] of file.article.asked.entries()) {
      const reply = await file.ask(question.question);
      count(figures, reply);
      if (question.answers.length === 0) figures.unanswerable[reply.status] += 1;
      else {
        const hits = reply.citations.map(({ quote }) => holdsAnswer(quote, question));
        figures.answerable += 1;
        figures.outcomes[reply.status] += 1;
        addHit(figures.ours, hits);
        if (reply.status === 'answered' && !hits.includes(true)) figures.wrongWhenAnswered += 1;
        for (const search of besides) {
          const best = await search.best(question.question, 3);
          addHit(
            hitsOf(figures, search.name),
            best.map((quote) => holdsAnswer(quote, question)),
          );
        }
      }
      for (const other of othersFor(asked, own, nth)) {
        const off = await other.ask(question.question);
        count(figures, off);
        figures.offFile[off.status] += 1;
      }
    }
  }
  return figures;
}

function count(figures: Figures, reply: Reply): void {
  figures.ms.push(reply.ms);
  figures.inexact += reply.inexact;
  figures.quotes += reply.citations.length;
}

function addHit(hits: Hits, of: boolean[]): void {
  if (of[0]) hits.first += 1;
  if (of.includes(true)) hits.firstThree += 1;
}

function hitsOf(figures: Figures, name: string): Hits {
  const known = figures.searches.find((hits) => hits.name === name);
  if (known) return known;
  const hits = { name, first: 0, firstThree: 0 };
  figures.searches.push(hits);
  return hits;
}

const per = (part: number, whole: number) => (whole === 0 ? '–' : ((100 * part) / whole).toFixed(1));
const sum = (outcomes: Outcomes) => Object.values(outcomes).reduce((total, n) => total + n, 0);
const byOutcome = (outcomes: Outcomes) =>
  Object.values(outcomes)
    .map((n) => per(n, sum(outcomes)))
    .join(' / ');

const row = (cells: (string | number)[]) => `| ${cells.join(' | ')} |`;

/** The head of a table in Markdown, for figures that were measured beside the same searches. */
export function tableHead({ searches }: Figures): string {
  const heads = [
    'corpus',
    'questions',
    'hit@1 / hit@3',
    ...searches.map(({ name }) => `${name.replace(/ \(.*/, '')} hit@1 / hit@3`),
    'answered / closest / no evidence',
    'wrong when answered',
    'off-file: a / c / n',
    'unanswerable: a / c / n',
    'quotes exact',
    'ms p50 / p95',
  ];
  return `${row(heads)}\n${row(heads.map(() => '---'))}`;
}

/** Figures of a corpus: per cent but for counts and milliseconds. */
export function tableRow({ corpus, answerable, ours, searches, ...figures }: Figures): string {
  const { outcomes, offFile, unanswerable } = figures;
  const ms = figures.ms.toSorted((a, b) => a - b);
  const hits = ({ first, firstThree }: Hits) => `${per(first, answerable)} / ${per(firstThree, answerable)}`;
  return row([
    corpus,
    answerable,
    hits(ours),
    ...searches.map(hits),
    byOutcome(outcomes),
    per(figures.wrongWhenAnswered, outcomes.answered),
    byOutcome(offFile),
    byOutcome(unanswerable),
    per(figures.quotes - figures.inexact, figures.quotes),
    `${ms[Math.floor(ms.length * 0.5)]!.toFixed(0)} / ${ms[Math.floor(ms.length * 0.95)]!.toFixed(0)}`,
  ]);
}

export const bm25Alone = (article: Article): Promise<Search[]> => Promise.resolve([plainBm25(article.pages)]);
