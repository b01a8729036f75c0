import { termsOf, wordsOf, type Term } from '../text/terms.ts';
import type { Passage } from '../answers/answerer.ts';
import type { Candidate, Sentence } from '../answers/candidate.ts';
import { candidatesIn } from '../answers/candidates.ts';
import { parseQuestion } from '../questions/question.ts';

/** How to ask for a thing by its name, by language, without bending it, in small words alone; others name it and no more. */
const ASKING: Record<string, (topic: string) => string> = {
  english: (topic) => `What does it say about ${topic}?`,
  german: (topic) => `Was steht hier über ${topic}?`,
  french: (topic) => `Que dit le texte sur ${topic} ?`,
  spanish: (topic) => `¿Qué dice el texto sobre ${topic}?`,
  italian: (topic) => `Che cosa dice il testo su ${topic}?`,
  portuguese: (topic) => `O que diz o texto sobre ${topic}?`,
  dutch: (topic) => `Wat is ${topic}?`,
  romanian: (topic) => `Ce este ${topic}?`,
  polish: (topic) => `Co to jest „${topic}”?`,
  russian: (topic) => `${topic}: что это?`,
  greek: (topic) => `Τι είναι «${topic}»;`,
  turkish: (topic) => `${topic} nedir?`,
  vietnamese: (topic) => `${topic} là gì?`,
  arabic: (topic) => `ما هو «${topic}»؟`,
  hindi: (topic) => `${topic} क्या है?`,
  thai: (topic) => `${topic} คืออะไร`,
  chinese: (topic) => `${topic}是什么？`,
  japanese: (topic) => `${topic}は何ですか？`,
  korean: (topic) => `${topic}: 무엇입니까?`,
};
/** "price: 10.5", "### Price:" */
const LABEL = /^(\p{L}[\p{L}\p{M} -]{2,30})[:=：]\s*\S/u;
/** Words with capitals that do not open the sentence, with what joins and numbers them. */
const CAPITAL = "\\p{Lu}[\\p{Lu}\\p{Ll}\\p{M}]+(?:[’'-][\\p{Lu}\\p{Ll}\\p{M}\\p{Nd}]+)*";
const NAME = new RegExp(
  `(?<=[\\p{Ll}\\p{Lo}\\p{Nd},] )${CAPITAL}(?: (?:of |de |von |van |du )?${CAPITAL}){0,3}(?: \\p{Nd}{1,2}(?![\\p{Nd}.,]\\p{Nd}))?`,
  'gu',
);
const LONGEST_TOPIC = 40;
/** Topics that are asked for by their headings; what else a file names has its place as well. */
const HEADINGS = 3;
/** "## Fees", "2.1 Fees:"; a greeting has a comma. */
const HEADING = /^(?:(?:#{1,6}|[\d.]+\)?)\s+)?([^,，;；:：]+):?$/u;
/** Enough to tell the language from. */
const LANGUAGE_SENTENCES = 20;

/** Questions that a file may answer, the likeliest first: after its headings, names, labels, and its most frequent long words. */
export function suggestQuestions(passages: Passage[]): string[] {
  const sentences = candidatesIn(passages);
  const sample = parseQuestion(
    sentences
      .slice(0, LANGUAGE_SENTENCES)
      .map(({ quote }) => quote)
      .join(' '),
  );
  const asking = ASKING[sample.language ?? ''] ?? ((topic: string) => `${topic}?`);
  const topics = [
    ...sentences.flatMap(headingsOf).slice(0, HEADINGS),
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

const headingsOf = ({ quote, isHeading }: Candidate) => (isHeading ? (HEADING.exec(quote)?.slice(1) ?? []) : []);
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
  const isTelling = (word: string) =>
    termsOf(word).every(
      (term) => term.kind !== 'number' && !isSmall(term) && !isSmall({ ...term, form: term.form.replace(JOINED_ON, '') }),
    );
  const words = sentences.flatMap(({ quote }) => [...new Set(wordsOf(quote))].filter((word) => [...word].length >= shortest(word)));
  return byFrequency(words).filter(isTelling);
}

/** "And", "in", "for" as Arabic writes them onto words. */
const JOINED_ON = /^[وفبكل](?=.{2})/u;

/** A word of two characters says much in a script whose characters do. */
const shortest = (word: string) => (/\p{Script=Han}|\p{Script=Hangul}/u.test(word) ? 2 : 5);
