import { Client } from 'pg';
import { parseArgs } from 'node:util';
import { WEIGHTS } from '../../apps/files/src/answers/weights.ts';
import { configurationFor, plainBm25, postgresSearch } from './baselines.ts';
import { readCorpus, type Article, type Corpus } from './corpus.ts';
import { bm25Alone, measure, table } from './measure.ts';
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
    options: { train: { type: 'boolean', default: false }, folds: { type: 'string' }, postgres: { type: 'string' } },
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
  const all = [];
  for (const corpus of corpora) {
    const besides = async ({ pages }: Article) =>
      client ? [plainBm25(pages), await postgresSearch(client, configurationFor(corpus.name), pages)] : [plainBm25(pages)];
    all.push(await measure(corpus, besides));
  }
  await client?.end();
  process.stdout.write(`${table(all)}\n`);
}

async function crossValidate(corpora: Corpus[], folds: number): Promise<void> {
  const kept = structuredClone(WEIGHTS);
  for (let fold = 0; fold < folds; fold += 1) {
    train(corpora, (nth) => nth % folds !== fold);
    const all = [];
    for (const { name, articles } of corpora) {
      all.push(await measure({ name, articles: articles.filter((_, nth) => nth % folds === fold) }, bm25Alone));
    }
    process.stdout.write(`Articles ${fold + 1}, ${fold + 1 + folds}…, weights of the others\n\n${table(all)}\n\n`);
  }
  Object.assign(WEIGHTS, kept);
}
