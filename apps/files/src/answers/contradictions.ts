import { similarity, termsOf, type Term } from '../text/terms.ts';
import { alike, opensWithPronoun, placesOf, type Pair } from './matching.ts';
import type { ParsedQuestion } from './question.ts';
import { castsOtherwise } from './roles.ts';

/**
 * Sentences that share a question's words and still say something else: the questions that fool a search. Each check
 * is about one way in which that happens. Most rest on English grammar, and object to nothing in other languages.
 */
export function contradicts(pair: Pair): boolean {
  if (numbersAnother(pair)) return true;
  if (!pair.question.isEnglish) return false;
  return (
    lacksAttribute(pair) ||
    denies(pair) ||
    reverses(pair) ||
    lacksSuperlative(pair) ||
    namesAnother(pair) ||
    describesAnother(pair) ||
    castsOtherwise(pair)
  );
}

/** In words. */
const DENIAL_REACH = 4;
const DENIALS = /\b(?:not|never|neither|nor|without|cannot)\b|n['’]t\b|\b(?:fail\w*|refus\w*|declin\w*|unable) to\b/i;

/** "… to found a port, but failed". */
const IN_VAIN = /,? but (?:failed|in vain|without success|could not)\b/i;
const TRIES = /\b(?:try|tries|tried|attempt\w*|want\w*|fail\w*|seek|sought)\b/i;

/** The sentence denies what the question takes for granted: a denial stands shortly before one of its words. */
function denies({ question, quote, terms }: Pair): boolean {
  if (DENIALS.test(question.text)) return false;
  return terms.some((term, at) => {
    if (!question.terms.some((asked) => alike(asked, term))) return false;
    const before = quote.slice(terms[Math.max(0, at - DENIAL_REACH)]!.at, term.at);
    if (DENIALS.test(before) && !/\bnot only\b|[,;]/i.test(before)) return true;
    return /\bto\s$/i.test(before) && !TRIES.test(question.text) && IN_VAIN.test(quote.slice(term.at));
  });
}

/**
 * Words that exclude each other. Converse ones do not belong here: who bought it is told by who sold it to whom.
 */
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
  [/\b(?:includ|accept|allow|permit)\w*\b/i, /\b(?:exclud|reject|forb[ai]d|prohibit)\w*\b/i],
  [/\bpublic(?:ly)?\b/i, /\bprivate(?:ly)?\b/i],
  [/\b(?:upper|inner|internal)\b/i, /\b(?:lower|outer|external)\b/i],
  [/\bmaternal\w*\b/i, /\bpaternal\w*\b/i],
];

/** One says before, the other after, and neither says both. */
function reverses({ question, quote }: Pair): boolean {
  const opposed = (a: RegExp, b: RegExp) => a.test(question.text) && !b.test(question.text) && b.test(quote) && !a.test(quote);
  return OPPOSITES.some(([a, b]) => opposed(a, b) || opposed(b, a));
}

const SUPERLATIVE =
  /\b(?!west|east|rest|test|best|guest|west|request|interest|forest|honest|arrest|conquest|protest|contest|invest|harvest|suggest|priest|quest|nest|chest|vest|latest|least|most)\p{L}{2,}est\b/giu;

/** "The oldest" is asked for, and the sentence ranks nothing that way. */
function lacksSuperlative({ question, terms }: Pair): boolean {
  const asked = question.text.match(SUPERLATIVE) ?? [];
  return asked.some((word) => termsOf(word).every((term) => !terms.some((other) => similarity(term, other) > 0)));
}

/** "The Norman general" is asked for, and the only general there is a Byzantine one. */
function namesAnother({ question, terms }: Pair): boolean {
  return adjoining(question).some(([name, noun]) => {
    if (!name.capital || noun.capital || noun.kind !== 'word') return false;
    const places = placesOf(noun, terms);
    if (places.length === 0 || places.some((at) => [1, 2, 3].some((back) => alike(name, terms[at - back])))) return false;
    return places.every((at) => terms[at - 1]?.capital === true);
  });
}

/** What may open a phrase of a describing word and a noun. */
const OPENS_PHRASE = /^(?:a|an|the|on|in|of|to|from|by|for|with|at|under|into|against)$/;

/** "In modern Europe" is asked for, and the sentence speaks of medieval Europe alone. */
function describesAnother({ question: { words, isSmall }, terms }: Pair): boolean {
  return words.some((open, i) => {
    const [quality, noun] = [words[i + 1], words[i + 2]];
    if (!OPENS_PHRASE.test(open.form) || !quality || !noun || isSmall(quality) || isSmall(noun)) return false;
    if (quality.kind !== 'word' || noun.kind !== 'word' || (quality.capital && noun.capital) || placesOf(quality, terms).length > 0)
      return false;
    const places = placesOf(noun, terms);
    const isDescribed = (at: number) =>
      terms[at - 1] !== undefined && !isSmall(terms[at - 1]!) && OPENS_PHRASE.test(terms[at - 2]?.form ?? '');
    return places.length > 0 && places.every(isDescribed);
  });
}

/** "What is the capital of Norwick?" is not answered by what speaks of Norwick alone. */
function lacksAttribute({ question: { text, words, isSmall }, quote, terms }: Pair): boolean {
  if (opensWithPronoun(quote) || !/^what(?: is| are| was| were|['’]s) /i.test(text)) return false;
  const of = words.findIndex((word) => word.form === 'of');
  const attribute = words[of - 1];
  return attribute !== undefined && !isSmall(attribute) && words[of + 1]?.capital === true && placesOf(attribute, terms).length === 0;
}

const ROMAN = /^[ivx]+$/;

/** "Henry II" is asked for, and the sentence tells of Henry III. */
function numbersAnother({ question, terms }: Pair): boolean {
  return adjoining(question).some(([name, numeral]) => {
    if (!ROMAN.test(numeral.form) || !numeral.capital) return false;
    const places = placesOf(name, terms);
    return places.length > 0 && places.every((at) => ROMAN.test(terms[at + 1]?.form ?? '') && terms[at + 1]!.form !== numeral.form);
  });
}

/** Pairs of words that adjoin in the question and both carry meaning. */
function adjoining({ words, isSmall }: ParsedQuestion): [Term, Term][] {
  return words.flatMap((word, i): [Term, Term][] => {
    const next = words[i + 1];
    return next && !isSmall(word) && !isSmall(next) ? [[word, next]] : [];
  });
}
