import { Client } from 'pg';
import { sentencesOf } from '../../apps/files/src/text/sentences.ts';

const K1 = 1.2;
const B = 0.75;

/** The best sentences of an article for a question, by a search without any judgement. */
export type Search = { name: string; best(question: string, count: number): Promise<string[]> };

const sentencesIn = (pages: string[]) => pages.flatMap((page) => sentencesOf(page).map(({ start, end }) => page.slice(start, end)));

/** Plain BM25 over sentences: words of the Unicode segmenter in lower case, nothing else. */
export function plainBm25(pages: string[]): Search {
  const segmenter = new Intl.Segmenter('und', { granularity: 'word' });
  const words = (text: string) =>
    [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment.toLowerCase());
  const documents = sentencesIn(pages).map((text) => ({ text, words: words(text) }));
  const average = documents.reduce((sum, document) => sum + document.words.length, 0) / documents.length;
  const holders = new Map<string, number>();
  for (const document of documents) for (const word of new Set(document.words)) holders.set(word, (holders.get(word) ?? 0) + 1);
  const score = (asked: string[], own: string[]) =>
    asked.reduce((sum, word) => {
      const count = own.filter((other) => other === word).length;
      const held = holders.get(word) ?? 0;
      const rarity = Math.log(1 + (documents.length - held + 0.5) / (held + 0.5));
      return sum + (rarity * count * (K1 + 1)) / (count + K1 * (1 - B + (B * own.length) / average));
    }, 0);
  return {
    name: 'BM25',
    best: (question, count) => {
      const asked = words(question);
      const ranked = documents.map(({ text, words }) => ({ text, score: score(asked, words) })).sort((a, b) => b.score - a.score);
      return Promise.resolve(ranked.slice(0, count).map(({ text }) => text));
    },
  };
}

/** PostgreSQL's full text search over the same sentences, any word of the question, ranked by cover density. */
export async function postgresSearch(client: Client, config: string, pages: string[]): Promise<Search> {
  await client.query('create temp table if not exists sentence (id serial, text text, vector tsvector)');
  await client.query('truncate sentence');
  await client.query('insert into sentence (text, vector) select t, to_tsvector($1::regconfig, t) from unnest($2::text[]) t', [
    config,
    sentencesIn(pages),
  ]);
  return {
    name: `PostgreSQL full text (${config})`,
    best: async (question, count) => {
      const { rows } = await client.query<{ text: string }>(
        `with q as (select replace(plainto_tsquery($1::regconfig, $2)::text, '&', '|')::tsquery as query)
         select text from sentence, q where vector @@ query order by ts_rank_cd(vector, query, 1) desc, id limit $3`,
        [config, question, count],
      );
      return rows.map(({ text }) => text);
    },
  };
}

const CONFIGURATIONS: Record<string, string> = {
  en: 'english', de: 'german', es: 'spanish', fr: 'french', it: 'italian', ru: 'russian', ro: 'romanian', tr: 'turkish',
  el: 'greek', ar: 'arabic', hi: 'hindi', nl: 'dutch', pt: 'portuguese',
}; // prettier-ignore

/** The configuration for a corpus named like "xquad.de". */
export const configurationFor = (name: string): string => CONFIGURATIONS[/\.([a-z]{2})$/.exec(name)?.[1] ?? 'en'] ?? 'simple';
