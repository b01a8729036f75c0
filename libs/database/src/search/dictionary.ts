import type { EntityManager } from '@mikro-orm/postgresql';
import { isSpelledAlike, maySpellWrong, near, partsOf, wordKeys } from './word-keys.ts';
import { PART_LENGTH } from './wanted.ts';

/** Words taken of one kind; a part that is in more words than these finds the shortest of them. */
const MOST_WORDS = 256;
/** Words looked at for a part before the shortest are taken. */
const LOOK_AT = 4000;

/** The tables that a service which is searched has beside the index of its own texts. */
export const dictionaryTable = `
  create table search_words (word text collate "C" primary key, keys text[] not null);
  create index search_words_keys on search_words using gin (keys);`;

/** All words that a service's texts hold: what a search looks parts of words and misspelt ones up in. */
export class Dictionary {
  /** Adds what is new. In one order always, so that two writers do not wait for each other in a circle. */
  static async add(tx: EntityManager, lexemes: Iterable<string>): Promise<void> {
    const words = [...new Set(lexemes)].sort();
    const missing = await tx.execute<{ word: string }[]>(
      `select word from jsonb_array_elements_text(?::jsonb) as given (word)
        where not exists (select 1 from search_words known where known.word = given.word collate "C" limit 1)`,
      [JSON.stringify(words)],
    );
    if (missing.length === 0) return;
    await tx.execute(
      `insert into search_words (word, keys)
       select word, array(select jsonb_array_elements_text(keys)) from jsonb_to_recordset(?::jsonb) as given (word text, keys jsonb)
       on conflict (word) do nothing`,
      [JSON.stringify(missing.map(({ word }) => ({ word, keys: wordKeys(word) })))],
    );
  }

  /** Words that are this one, begin with it or, if it is long enough, hold it. */
  static async holding(tx: EntityManager, text: string, isRun: boolean): Promise<string[]> {
    const length = [...text].length;
    const isPart = isRun || length >= PART_LENGTH;
    const rows = await tx.execute<{ word: string }[]>(
      `(select word from search_words where word >= ? and word < ? order by word limit ${MOST_WORDS})
       ${isPart ? `union (select word from (select word from search_words where keys @> ?::text[] limit ${LOOK_AT}) held where strpos(word, ?) > 0 order by length(word), word limit ${MOST_WORDS})` : ''}`,
      [text, `${text}\u{10ffff}`, ...(isPart ? [textArray(isRun ? [text] : partsOf(text)), text] : [])],
    );
    return rows.map(({ word }) => word);
  }

  /** Words that are spelled nearly like this one. */
  static async alike(tx: EntityManager, word: string): Promise<string[]> {
    if (!maySpellWrong(word)) return [];
    const rows = await tx.execute<{ word: string }[]>(`select word from search_words where keys && ?::text[] limit ${LOOK_AT}`, [
      textArray(near(word)),
    ]);
    return rows
      .map((row) => row.word)
      .filter((found) => isSpelledAlike(word, found))
      .slice(0, MOST_WORDS);
  }
}

/** An array as PostgreSQL reads it. */
export const textArray = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replace(/["\\]/g, String.raw`\$&`)}"`).join(',')}}`;
