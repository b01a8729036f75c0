import { termsOf, wordsOf, type Term } from '../text/terms.ts';
import type { Passage } from '../answers/answerer.ts';
import { sentencesIn, type Sentence } from '../answers/candidates.ts';
import { parseQuestion } from '../answers/question.ts';

/** How to ask for a thing by its name, by language; others name it and no more. */
const ASKING: Record<string, (topic: string) => string> = {
  english: (topic) => `What does it say about ${topic}?`,
  german: (topic) => `Was steht hier über ${topic}?`,
  french: (topic) => `Que dit le texte sur ${topic} ?`,
  spanish: (topic) => `¿Qué dice el texto sobre ${topic}?`,
  italian: (topic) => `Che cosa dice il testo su ${topic}?`,
  portuguese: (topic) => `O que diz o texto sobre ${topic}?`,
  chinese: (topic) => `${topic}是什么？`,
  japanese: (topic) => `${topic}は何ですか？`,
};
/** "price: 10.5", "### Price:" */
const LABEL = /^(\p{L}[\p{L}\p{M} -]{2,30})[:=：]\s*\S/u;
/** Words with capitals that do not open the sentence, with what joins them. */
const NAME = /(?<=[\p{Ll}\p{Nd},] )\p{Lu}[\p{L}\p{M}’'-]+(?: (?:of |de |von |van |du )?\p{Lu}[\p{L}\p{M}’'-]+){0,3}/gu;
const LONGEST_TOPIC = 40;
/** Enough to tell the language from. */
const LANGUAGE_SENTENCES = 20;

/** Questions that a file may answer, the likeliest first: after its labels, its names, and its most frequent long words. */
export function suggestQuestions(passages: Passage[]): string[] {
  const sentences = passages.flatMap(sentencesIn);
  const sample = parseQuestion(
    sentences
      .slice(0, LANGUAGE_SENTENCES)
      .map(({ quote }) => quote)
      .join(' '),
  );
  const asking = ASKING[sample.language ?? ''] ?? ((topic: string) => `${topic}?`);
  const topics = [
    ...byFrequency(sentences.flatMap(namesOf)),
    ...byFrequency(sentences.flatMap(labelsOf)),
    ...wordsIn(sentences, sample.isSmall),
  ];
  const once = new Map(topics.map((topic) => [topic.toLowerCase(), topic]).toReversed() as [string, string][]);
  return [...once.values()]
    .toReversed()
    .filter((topic) => topic.length <= LONGEST_TOPIC)
    .slice(0, 12)
    .map(asking);
}

const namesOf = ({ quote }: Sentence) => [...quote.matchAll(NAME)].map(([name]) => name);
const labelsOf = ({ quote }: Sentence) => {
  const label = LABEL.exec(quote)?.[1]?.trim();
  return label ? [label] : [];
};

/** What is named more than once first. */
function byFrequency(names: string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name);
}

/** The words that stand in most sentences, but for small ones. */
function wordsIn(sentences: Sentence[], isSmall: (term: Term) => boolean): string[] {
  const isTelling = (word: string) => termsOf(word).every((term) => term.kind !== 'number' && !isSmall(term));
  const words = sentences.flatMap(({ quote }) => [...new Set(wordsOf(quote))].filter((word) => [...word].length >= shortest(word)));
  return byFrequency(words).filter(isTelling);
}

/** A word of two characters says much in a script whose characters do. */
const shortest = (word: string) => (/\p{Script=Han}|\p{Script=Hangul}/u.test(word) ? 2 : 5);
