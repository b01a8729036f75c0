import type { Candidate } from '../answers/candidates.ts';
import type { ParsedQuestion } from '../answers/question.ts';
import { similarity, type Term } from '../text/terms.ts';

/**
 * English sentences that share a question's words and say something else, by what words and their order tell. Such a
 * sentence is shown as close, not as an answer. A sentence that denies what is asked is an answer.
 */
export function misfits(question: ParsedQuestion, sentence: Candidate): boolean {
  return question.language === 'english' && [contrasts, namesAnother, makesDoer, turnsRound].some((rule) => rule(question, sentence));
}

/** Words that exclude each other. Converse ones do not belong here: who bought it is told by who sold it to whom. */
const OPPOSITES: [RegExp, RegExp][] = [
  [/\b(?:before|prior|preced\w*)\b/i, /\b(?:after|succeed\w*|subsequent\w*|following)\b/i],
  [/\bnorth\w*\b/i, /\bsouth\w*\b/i],
  [/\bwest\w*\b/i, /\beast\w*\b/i],
  [/\bexport\w*\b/i, /\bimport(?:s|ed|ing|ers?)?\b/i],
  [/\b(?:increas|rose|rise|grew|grow)\w*\b/i, /\b(?:decreas|fell|fall|declin|shrank|shrink)\w*\b/i],
  [/\b(?:minimum|least|fewest|smallest|lowest|shortest)\b/i, /\b(?:maximum|most|largest|highest|biggest|longest)\b/i],
  [/\b(?:oldest|earliest)\b/i, /\b(?:newest|youngest|latest)\b/i],
  [/\b(?:modern|contemporary)\b/i, /\b(?:ancient|medieval|prehistoric)\b/i],
  [/\b(?:permanent|permanently)\b/i, /\b(?:temporary|temporarily)\b/i],
  [/\bpublic(?:ly)?\b/i, /\bprivate(?:ly)?\b/i],
];

/** One says before, the other after, and neither says both. */
function contrasts({ text }: ParsedQuestion, { quote }: Candidate): boolean {
  const opposed = (a: RegExp, b: RegExp) => a.test(text) && !b.test(text) && b.test(quote) && !a.test(quote);
  return OPPOSITES.some(([a, b]) => opposed(a, b) || opposed(b, a));
}

/** "The Norman general" is asked for, and the only general there is a Byzantine one. */
function namesAnother(question: ParsedQuestion, { terms }: Candidate): boolean {
  return question.words.some((name, i) => {
    const noun = question.words[i + 1];
    if (!noun || !name.capital || noun.capital || noun.kind !== 'word' || question.isSmall(noun) || question.isSmall(name)) return false;
    const places = placesOf(noun, terms);
    if (places.length === 0 || places.some((at) => [1, 2, 3].some((back) => alike(name, terms[at - back])))) return false;
    return places.every((at) => terms[at - 1]?.capital === true);
  });
}

/** "Who hired Hale?": the sentence makes Hale the doer, "by Hale" or "Hale had …". */
function makesDoer({ words, isSmall }: ParsedQuestion, { quote, terms }: Candidate): boolean {
  const who = words.findIndex(({ form }) => form === 'who');
  const verb = words[who + 1];
  const object = words.slice(who + 2).find((word) => !isSmall(word));
  if (who < 0 || !verb || isSmall(verb) || verb.capital || !object?.capital) return false;
  const places = placesOf(object, terms);
  const isAgent = (at: number) => /\bby\s+(?:\w+\s+){0,3}$/i.test(quote.slice(terms[Math.max(0, at - 4)]!.at, terms[at]!.at));
  const opens = (at: number) => at === 0 && /^(?:(?:\p{Lu}\S*|the|of|de)\s+)+(?:has|had|have|would)\s+(?!been)/u.test(quote);
  return places.length > 0 && places.every((at) => isAgent(at) || opens(at));
}

const FROM = /^from$/;
const TO = /^(?:to|into|towards?)$/;

/** "From Norwick" is asked, and the sentence goes there. */
function turnsRound({ words, isSmall }: ParsedQuestion, { terms }: Candidate): boolean {
  return words.some((word, i) => {
    const asked = directionOf(words, i);
    if (!asked || isSmall(word)) return false;
    const told = placesOf(word, terms).flatMap((at) => directionOf(terms, at) ?? []);
    return told.length > 0 && told.every((direction) => (FROM.test(asked) ? TO : FROM).test(direction));
  });
}

/** The preposition shortly before a word that says which way. */
const directionOf = (terms: Term[], at: number): string | undefined =>
  [1, 2, 3].map((back) => terms[at - back]?.form ?? '').find((form) => FROM.test(form) || TO.test(form));

const alike = (a: Term, b: Term | undefined): boolean => b !== undefined && similarity(a, b) > 0;
const placesOf = (wanted: Term, terms: Term[]): number[] => terms.flatMap((term, at) => (alike(wanted, term) ? [at] : []));
