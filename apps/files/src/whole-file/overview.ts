import type { Passage } from '../answers/answerer.ts';
import type { Sentence } from '../answers/candidate.ts';
import { sentencesIn } from '../answers/candidates.ts';
import { parseQuestion } from '../questions/question.ts';

/** A statement, not a heading or a list's item: so many words, and a full stop. */
const STATEMENT_WORDS = 6;
/** How a statement ends, in any script. */
export const STATEMENT_END = /[.!?…。！？؟।]["'”’»)\]]*$/u;
/** How much more the first statement counts than the last: what a text is about, it says early. */
const LEAD = 0.5;
/** Enough to tell the language from. */
const LANGUAGE_SENTENCES = 20;
/** Keeps a short sentence of one frequent word from winning. */
const DAMPING = 8;

/**
 * Sentences that tell together what files are about: of one file how it begins, and the statements whose words occur
 * most in the others; of several, the foremost statement of each.
 */
export function overviewOf(passages: Passage[], count: number): Sentence[] {
  const byFile = Map.groupBy(passages, (passage) => passage.fileId);
  if (byFile.size > 1) return [...byFile.values()].slice(0, count).flatMap((own) => foremost(sentencesOfAll(own), 1));
  const sentences = sentencesOfAll(passages);
  const opening = sentences.find((sentence) => sentence.terms.length > 1) ?? sentences[0];
  if (!opening) return [];
  const others = foremost(
    sentences.filter((sentence) => sentence.quote !== opening.quote),
    count - 1,
  );
  return [opening, ...others];
}

const sentencesOfAll = (passages: Passage[]): Sentence[] => passages.flatMap(sentencesIn).filter((sentence) => sentence.terms.length > 0);

/** The most telling statements, in reading order; where a file has none, its other lines. */
function foremost(sentences: Sentence[], count: number): Sentence[] {
  const statements = sentences.filter(({ quote, terms }) => terms.length >= STATEMENT_WORDS && STATEMENT_END.test(quote));
  const among = distinct(statements.length > 0 ? statements : sentences);
  const holders = new Map<string, number>();
  for (const { keys } of among) for (const key of keys) holders.set(key, (holders.get(key) ?? 0) + 1);
  const weightOf = (key: string) => holders.get(key)! * Math.log(1 + among.length / holders.get(key)!);
  return among
    .map(({ sentence, keys }, i) => {
      const sum = [...keys].reduce((total, key) => total + weightOf(key), 0);
      return { sentence, i, value: (sum / (keys.size + DAMPING)) * (1 + LEAD * (1 - i / among.length)) };
    })
    .sort((a, b) => b.value - a.value || a.i - b.i)
    .slice(0, count)
    .sort((a, b) => a.i - b.i)
    .map(({ sentence }) => sentence);
}

/** Each sentence once, with the distinct keys of its words; the small words of its language tell nothing. */
function distinct(sentences: Sentence[]): { sentence: Sentence; keys: Set<string> }[] {
  const { isSmall } = parseQuestion(
    sentences
      .slice(0, LANGUAGE_SENTENCES)
      .map(({ quote }) => quote)
      .join(' '),
  );
  const byQuote = new Map(sentences.map((sentence) => [sentence.quote, sentence]));
  return [...byQuote.values()].map((sentence) => ({
    sentence,
    keys: new Set(sentence.terms.filter((term) => !isSmall(term)).map((term) => term.key)),
  }));
}
