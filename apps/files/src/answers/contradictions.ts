import { similarity, termsOf, type Term } from '../text/terms.ts';
import type { ParsedQuestion } from './question.ts';

/**
 * Sentences that share a question's words and still say something else: the questions that fool a search. Each check
 * is about one way in which that happens. Most rest on English grammar, and object to nothing in other languages.
 */
export function contradicts(question: ParsedQuestion, quote: string, terms: Term[]): boolean {
  if (numbersAnother(question, terms)) return true;
  if (!question.isEnglish) return false;
  return (
    denies(question, quote, terms) ||
    reverses(question.text, quote) ||
    lacksSuperlative(question.text, quote) ||
    namesAnother(question, terms) ||
    swapsRoles(question, quote, terms)
  );
}

/** In words. */
const DENIAL_REACH = 4;
const DENIALS = /\b(?:not|never|neither|nor|without|cannot)\b|n['’]t\b/i;

/** The sentence denies what the question takes for granted: a denial stands shortly before one of its words. */
function denies(question: ParsedQuestion, quote: string, terms: Term[]): boolean {
  if (DENIALS.test(question.text)) return false;
  return terms.some((term, at) => {
    if (!question.terms.some((asked) => alike(asked, term))) return false;
    const before = quote.slice(terms[Math.max(0, at - DENIAL_REACH)]!.at, term.at);
    return DENIALS.test(before) && !/\bnot only\b|[,;]/i.test(before);
  });
}

const OPPOSITES: [RegExp, RegExp][] = [
  [/\b(?:before|prior|preced\w*)\b/i, /\b(?:after|succeed\w*|subsequent\w*|following)\b/i],
  [/\bnorth\w*\b/i, /\bsouth\w*\b/i],
  [/\bwest\w*\b/i, /\beast\w*\b/i],
  [/\bexport\w*\b/i, /\bimport\w*\b/i],
  [/\b(?:increas|rose|rise|grew|grow)\w*\b/i, /\b(?:decreas|fell|fall|declin|shrank|shrink)\w*\b/i],
  [/\b(?:won|win|wins|victor\w*)\b/i, /\b(?:lost|lose|loses|defeat\w*)\b/i],
  [/\b(?:minimum|least|fewest|smallest|lowest)\b/i, /\b(?:maximum|most|largest|highest|biggest)\b/i],
];

/** One says before, the other after, and neither says both. */
function reverses(question: string, quote: string): boolean {
  const opposed = (a: RegExp, b: RegExp) => a.test(question) && !b.test(question) && b.test(quote) && !a.test(quote);
  return OPPOSITES.some(([a, b]) => opposed(a, b) || opposed(b, a));
}

const SUPERLATIVE = /\b(?!west|east|rest|test|best|guest|west|request|interest|forest|honest|arrest|conquest|protest|contest|invest|harvest|suggest|priest|quest|nest|chest|vest|latest|least|most)\p{L}{2,}est\b/giu;

/** "The oldest" is asked for, and the sentence ranks nothing that way. */
function lacksSuperlative(question: string, quote: string): boolean {
  const asked = question.match(SUPERLATIVE) ?? [];
  const said = termsOf(quote);
  return asked.some((word) => termsOf(word).every((term) => !said.some((other) => similarity(term, other) > 0)));
}

/** "The Norman general" is asked for, and the only general there is a Byzantine one. */
function namesAnother(question: ParsedQuestion, terms: Term[]): boolean {
  return adjoining(question).some(([name, noun]) => {
    if (!name.capital || noun.capital || noun.kind !== 'word') return false;
    const places = placesOf(noun, terms);
    if (places.length === 0 || places.some((at) => [1, 2, 3].some((back) => alike(name, terms[at - back])))) return false;
    return places.every((at) => terms[at - 1]?.capital === true);
  });
}

const ROMAN = /^[ivx]+$/;

/** "Henry II" is asked for, and the sentence tells of Henry III. */
function numbersAnother(question: ParsedQuestion, terms: Term[]): boolean {
  return adjoining(question).some(([name, numeral]) => {
    if (!ROMAN.test(numeral.form) || !numeral.capital) return false;
    const places = placesOf(name, terms);
    return places.length > 0 && places.every((at) => ROMAN.test(terms[at + 1]?.form ?? '') && terms[at + 1]!.form !== numeral.form);
  });
}

/** Passive in front of a verb, with at most an adverb between. */
const PASSIVE = /\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+|first\s+|also\s+|then\s+)?$/i;

/**
 * "Who did Ann hire?" is not answered by who hired Ann. In an active sentence the subject comes before its verb and
 * the object after it; in a passive one it is the other way round.
 */
function swapsRoles(question: ParsedQuestion, quote: string, terms: Term[]): boolean {
  const roles = rolesOf(question);
  if (!roles) return false;
  const verbs = placesOf(roles.verb, terms);
  const named = placesOf(roles.name, terms);
  if (verbs.length === 0 || named.length === 0) return false;
  return verbs.every((verb) => {
    const passive = PASSIVE.test(quote.slice(0, terms[verb]!.at));
    const expectedBefore = (roles.is === 'subject') !== passive;
    // "The first to serve was Ann": the name is told by the copula, not by its place.
    const told = (name: number) => /\b(?:is|are|was|were)\s+$/i.test(quote.slice(0, terms[name]!.at));
    return named.every((name) => !told(name) && (expectedBefore ? name > verb : name < verb));
  });
}

type Roles = { verb: Term; name: Term; is: 'subject' | 'object' };

function rolesOf({ words, isSmall }: ParsedQuestion): Roles | null {
  const asks = words.findIndex((term) => /^(?:who|what|which|where|when|whom)$/.test(term.form));
  if (asks < 0) return null;
  const rest = words.slice(asks + 1);
  if (/^(?:did|does|do)$/.test(rest[0]?.form ?? '')) {
    const from = rest.findIndex((term) => term.capital);
    if (from < 0 || rest.slice(1, from).some((term) => !isSmall(term))) return null;
    const to = rest.findIndex((term, i) => i > from && !term.capital && !/^(?:of|the|de|von|van|i+)$/.test(term.form));
    return to < 0 || isSmall(rest[to]!) ? null : { verb: rest[to]!, name: rest[from]!, is: 'subject' };
  }
  const verb = words[asks]!.form === 'who' ? rest[0] : undefined;
  const name = rest.slice(1).find((term) => !isSmall(term));
  return verb && name && !isSmall(verb) && !verb.capital ? { verb, name, is: 'object' } : null;
}

/** Pairs of words that adjoin in the question and both carry meaning. */
function adjoining({ words, isSmall }: ParsedQuestion): [Term, Term][] {
  return words.flatMap((word, i): [Term, Term][] => {
    const next = words[i + 1];
    return next && !isSmall(word) && !isSmall(next) ? [[word, next]] : [];
  });
}

const alike = (a: Term, b: Term | undefined) => b !== undefined && similarity(a, b) > 0;
const placesOf = (wanted: Term, terms: Term[]) => terms.flatMap((term, at) => (alike(wanted, term) ? [at] : []));
