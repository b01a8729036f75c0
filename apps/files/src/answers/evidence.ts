import { sentencesOf } from '../text/sentences.ts';
import { CodePointIndex } from '../text/code-points.ts';
import { similarity, termsOf, type Term } from '../text/terms.ts';
import type { AnswerRequest, Passage } from './answerer.ts';
import { holdsExpected } from './expectations.ts';
import { opensWithPronoun } from './matching.ts';

/** A sentence of a file, with what surrounds it and how it bears on the question. */
export type Evidence = {
  passage: Passage;
  /** In code points into the page's text. */
  start: number;
  end: number;
  quote: string;
  /** Where the quote must begin for a reader to see whom its opening pronoun means: `start`, or a sentence or two before. */
  from: number;
  /** Shares of the question's weight, 0 to 1. */
  inSentence: number;
  inContext: number;
  /** Like `inSentence`, where a sentence that opens with a pronoun also speaks of what came before it. */
  inMeaning: number;
  inPassage: number;
  /** The share of the question's own matter, neither names nor numbers, that sentence and context hold. */
  matter: number;
  /** The least present of the question's names. */
  weakestName: number;
  /** Whether the sentence itself names whom and what the question names, or speaks of it as "it". */
  namesSubject: boolean;
  /** How close together the question's words stand in the sentence. */
  proximity: number;
  /** The share of the question's numbers that sentence and context hold. */
  numbers: number;
  /** Whether the sentence holds something of the kind the question asks for. */
  typed: boolean;
};

/** A sentence where it stands, taken apart. */
export type Sentence = Pick<Evidence, 'passage' | 'start' | 'end' | 'quote'> & { terms: Term[] };

/** What a pronoun stands for counts nearly like the word itself. */
const MEANT = 0.8;

/** Every sentence of the passages, weighed. */
export function weighEvidence(request: AnswerRequest): Evidence[] {
  return groupByPage(request.passages).flatMap((passages) => {
    const sentences = passages.flatMap(sentencesIn);
    const passageTerms = new Map(passages.map((passage) => [passage, termsOf(passage.text)]));
    return sentences.map((sentence, i) => ({
      ...weigh(request, sentence, { around: neighbours(sentences, i), passage: passageTerms.get(sentence.passage)! }),
      from: antecedent(sentences, i),
    }));
  });
}

/** Passages of one page in reading order, so that a sentence finds what came before it. */
function groupByPage(passages: Passage[]): Passage[][] {
  const pages = new Map<string, Passage[]>();
  for (const passage of passages) {
    const key = `${passage.fileId} ${passage.page}`;
    pages.set(key, [...(pages.get(key) ?? []), passage]);
  }
  return [...pages.values()].map((group) => group.sort((a, b) => a.start - b.start));
}

/** The sentences of a passage, in reading order. */
export function sentencesIn(passage: Passage): Sentence[] {
  const offsets = new CodePointIndex(passage.text);
  return sentencesOf(passage.text).map((span) => {
    const quote = passage.text.slice(span.start, span.end);
    return {
      passage,
      quote,
      start: passage.start + offsets.toCodePoint(span.start),
      end: passage.start + offsets.toCodePoint(span.end),
      terms: termsOf(quote),
    };
  });
}

const PERSON = /^["'“‘(]*(?:he|she|they|his|her|their)\b/i;

/** The beginning of what says whom "he" means, within the passage. */
function antecedent(sentences: Sentence[], i: number): number {
  let at = i;
  while (
    i - at < 2 &&
    PERSON.test(sentences[at]!.quote) &&
    sentences[at - 1]?.passage === sentences[i]!.passage &&
    adjoin(sentences[at - 1]!, sentences[at]!)
  )
    at -= 1;
  return PERSON.test(sentences[at]!.quote) ? sentences[i]!.start : sentences[at]!.start;
}

const adjoin = (a: Sentence, b: Sentence) => b.start - a.end <= 3;

/** What a pronoun in the sentence may stand for: the two sentences before it, when they adjoin. */
function neighbours(sentences: Sentence[], i: number): Term[] {
  const near: Term[] = [];
  for (let back = 1; back <= 2; back += 1) {
    const sentence = sentences[i - back];
    const after = sentences[i - back + 1];
    if (!sentence || !after || !adjoin(sentence, after)) break;
    near.push(...sentence.terms);
  }
  return near;
}

function weigh(request: AnswerRequest, sentence: Sentence, surroundings: { around: Term[]; passage: Term[] }): Omit<Evidence, 'from'> {
  const { terms } = request.question;
  const inSentence = terms.map((term) => bestMatch(term, sentence.terms));
  const inAround = terms.map((term) => bestMatch(term, surroundings.around));
  const inPassage = terms.map((term) => bestMatch(term, surroundings.passage));
  const weights = terms.map((term) => request.weightOf(term));
  const share = (values: number[], keep: (term: Term) => boolean = () => true) => {
    const total = weights.reduce((sum, weight, i) => sum + (keep(terms[i]!) ? weight : 0), 0);
    if (total === 0) return 1;
    return values.reduce((sum, value, i) => sum + (keep(terms[i]!) ? value * weights[i]! : 0), 0) / total;
  };
  const either = inSentence.map((value, i) => Math.max(value, inAround[i]!));
  const { passage, start, end, quote } = sentence;
  return {
    passage,
    start,
    end,
    quote,
    inSentence: share(inSentence),
    inContext: share(either),
    inMeaning: share(opensWithPronoun(quote) ? inSentence.map((value, i) => Math.max(value, inAround[i]! * MEANT)) : inSentence),
    inPassage: share(inPassage),
    matter: share(either, (term) => !term.capital && !isNumeric(term)),
    weakestName: Math.min(1, ...either.filter((_, i) => terms[i]!.capital)),
    namesSubject: opensWithPronoun(quote) || names(request).every((name) => name.some((term) => bestMatch(term, sentence.terms) > 0)),
    proximity: proximityOf(request, sentence.terms),
    numbers: share(either, (term) => term.kind === 'number'),
    typed: holdsExpected(request.question, { quote, terms: sentence.terms }),
  };
}

/** A name that a third of the passages hold is what the file is about: a sentence need not repeat it. */
const TELLING = 1;

/** The question's telling names, each with all its words. */
function names({ question, weightOf }: AnswerRequest): Term[][] {
  const runs: Term[][] = [];
  question.words.forEach((term, i) => {
    if (!term.capital || question.isSmall(term)) return;
    if (question.words[i - 1]?.capital && runs.length > 0) runs.at(-1)!.push(term);
    else runs.push([term]);
  });
  return runs.filter((run) => run.some((term) => weightOf(term) >= TELLING));
}

/** Years and centuries place a question in time; they are not what it is about. */
const isNumeric = (term: Term) => term.kind === 'number' || /^(?:centur|year|decade|jahr|siecle|siglo|secol|век|год)/.test(term.form);

function bestMatch(term: Term, among: Term[]): number {
  let best = 0;
  for (const other of among) {
    best = Math.max(best, similarity(term, other));
    if (best === 1) break;
  }
  return best;
}

/** The share, by weight, of the question's neighbouring pairs that are neighbours in the sentence too. */
function proximityOf({ question, weightOf }: AnswerRequest, sentence: Term[]): number {
  const informative = sentence.filter((term) => !question.isSmall(term));
  let near = 0;
  let total = 0;
  for (let i = 0; i + 1 < question.terms.length; i += 1) {
    const [first, second] = [question.terms[i]!, question.terms[i + 1]!];
    const weight = Math.min(weightOf(first), weightOf(second));
    const close = informative.some(
      (term, at) =>
        similarity(first, term) > 0 && informative.some((other, j) => j !== at && Math.abs(j - at) <= 2 && similarity(second, other) > 0),
    );
    total += weight;
    if (close) near += weight;
  }
  return total === 0 ? 0 : near / total;
}
