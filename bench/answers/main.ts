import { Client } from 'pg';
import { parseArgs } from 'node:util';
import { configurationFor, plainBm25, postgresSearch } from './baselines.ts';
import { readCorpus, type Article, type Corpus } from './corpus.ts';
import { bm25Alone, measure, tableHead, tableRow, type Figures } from './measure.ts';
import { train, writeWeights } from './train.ts';

const USAGE = `npm run bench -- answers [--train] [--folds N] [--postgres URL] FILE…
  FILE        SQuAD's form, 1.1 or 2.0, in any language; name it like "xquad.de.json" and its language is known to PostgreSQL
  --train     writes apps/files/src/answers/weights.ts anew from the files
  --folds N   measures each Nth part of the articles with weights trained on the others
  --postgres  a database whose full text search is measured beside ours`;

const WEIGHTS_FILE = new URL('../../apps/files/src/answers/weights.ts', import.meta.url).pathname;

/** Measures how questions are answered, beside plain searches of the same sentences. */
export async function answers(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      train: { type: 'boolean', default: false },
      folds: { type: 'string' },
      postgres: { type: 'string' },
    },
  });
  if (positionals.length === 0) {
    process.stderr.write(`${USAGE}\n`);
    process.exitCode = 1;
    return;
  }
  const corpora = positionals.map(readCorpus);
  if (values.train) return writeWeights(WEIGHTS_FILE, train(corpora));
  if (values.folds) return crossValidate(corpora, Number(values.folds));
  const client = values.postgres ? new Client({ connectionString: values.postgres }) : null;
  await client?.connect();
  const besides =
    ({ name }: Corpus) =>
    async ({ pages }: Article) =>
      client ? [plainBm25(pages), await postgresSearch(client, configurationFor(name), pages)] : [plainBm25(pages)];
  await tell(corpora, (corpus) => measure(corpus, besides(corpus)));
  await client?.end();
}

/** Prints each row as soon as it is measured. */
async function tell(corpora: Corpus[], measured: (corpus: Corpus) => Promise<Figures>): Promise<void> {
  for (const [i, corpus] of corpora.entries()) {
    const figures = await measured(corpus);
    if (i === 0) process.stdout.write(`${tableHead(figures)}\n`);
    process.stdout.write(`${tableRow(figures)}\n`);
  }
}

async function crossValidate(corpora: Corpus[], folds: number): Promise<void> {
  for (let fold = 0; fold < folds; fold += 1) {
    train(corpora, (nth) => nth % folds !== fold);
    process.stdout.write(`\nArticles ${fold + 1}, ${fold + 1 + folds}…, weights of the others\n\n`);
    const unseen = corpora.map(({ name, articles }) => ({ name, articles: articles.filter((_, nth) => nth % folds === fold) }));
    await tell(unseen, (corpus) => measure(corpus, bm25Alone));
  }
}
