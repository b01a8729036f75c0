import type { Term } from '../text/terms.ts';
import { alike, opensWithPronoun, placesOf, type Pair } from './matching.ts';
import type { ParsedQuestion } from './question.ts';

/**
 * Who did what to whom, read from the order of English words. The same words in other roles answer another question:
 * "Ann hired Hale" does not tell whom Hale hired.
 */
export function castsOtherwise(pair: Pair): boolean {
  const clause = clauseOf(pair.question);
  const miscast =
    clause !== null && (lacksDoer(clause, pair) || lacksDeed(clause, pair) || swapsRoles(clause, pair) || makesDoer(clause, pair));
  return miscast || turnsRound(pair) || swapsKin(pair) || swapsWhole(pair);
}

/** A question's main clause: the doer, if the question names it, or else the object. */
type Clause = {
  /** Null where word order leaves it open which word it is. */
  verb: Term | null;
  doer: Term[];
  /** The word that stands for the doer: a name, or what belongs to it. */
  head: Term | null;
  object: Term | null;
  isPassive: boolean;
};

function clauseOf(question: ParsedQuestion): Clause | null {
  return helpedClause(question) ?? passiveClause(question) ?? plainClause(question);
}

/** "When did the council hire Hale?" */
function helpedClause(question: ParsedQuestion): Clause | null {
  const run = helpedRun(question);
  // "… attack Norwick": a name at the end is the object, and its verb stands before it.
  while (run.length > 2 && run.at(-1)!.isName && run.slice(1).some(({ isName }) => !isName)) run.pop();
  const owner = run.find(({ word }) => isPossessive(question.text, word));
  // "Hale discover gold" or "Norwick knights fight": without knowing the words, either may be the verb.
  const isOpen = !owner && run[0]?.isName === true && run.filter(({ isName }) => !isName).length > 1;
  const verb = isOpen ? null : run.pop()?.word;
  const doer = run.filter(({ isName }) => isName || !isOpen).map(({ word }) => word);
  if (verb === undefined || doer.length === 0) return null;
  return { verb, doer, head: owner ? doer.at(-1)! : (doer.find((word) => word.capital) ?? null), object: null, isPassive: false };
}

/** The words with meaning that follow "did" up to the first small word; what joins a name belongs to it. */
function helpedRun({ words, isSmall }: ParsedQuestion): { word: Term; isName: boolean }[] {
  const from = words.findIndex((word) => /^(?:did|does|do)$/.test(word.form)) + 1;
  const run: { word: Term; isName: boolean }[] = [];
  for (const [i, word] of words.entries()) {
    if (from === 0 || i < from) continue;
    if (!isSmall(word)) run.push({ word, isName: word.capital || (i > from && run.length > 0 && IN_NAMES.test(words[i - 1]!.form)) });
    else if (/^(?:and|or)$/.test(word.form)) return [];
    else if (!IN_NAMES.test(word.form) || (run.length > 0 && !run.at(-1)!.isName)) break;
  }
  return run;
}

/** What may stand before a name, or join its parts. */
const IN_NAMES = /^(?:the|a|an|of|de|his|her|its|their)$/;

const isPossessive = (text: string, word: Term) => /^[\p{L}\p{M}-]+['’]s?\s/u.test(text.slice(word.at));

/** "Which houses were built by Hale?" */
function passiveClause({ words, isSmall }: ParsedQuestion): Clause | null {
  const by = words.findIndex((word) => word.form === 'by');
  const verb = words[by - 1];
  const doer = words.slice(by + 1).find((word) => !isSmall(word));
  if (!verb || !doer || isSmall(verb) || !words.slice(0, by).some((word) => /^(?:is|are|was|were|been)$/.test(word.form))) return null;
  return { verb, doer: [doer], head: doer.capital ? doer : null, object: null, isPassive: true };
}

/** "Who hired Hale?" */
function plainClause({ words, isSmall }: ParsedQuestion): Clause | null {
  const who = words.findIndex((word) => word.form === 'who');
  const verb = words[who + 1];
  const object = words.slice(who + 2).find((word) => !isSmall(word));
  if (who < 0 || !verb || !object || isSmall(verb) || verb.capital) return null;
  return { verb, doer: [], head: null, object, isPassive: false };
}

/** Deeds are put in other words, doers are not: every word of theirs must be there, or a pronoun that may mean them. */
function lacksDoer({ doer }: Clause, { quote, terms }: Pair): boolean {
  return !opensWithPronoun(quote) && doer.some((word) => placesOf(word, terms).length === 0);
}

/** "Built by Hale" asks for that very deed of his. */
function lacksDeed({ verb, isPassive }: Clause, { terms }: Pair): boolean {
  return isPassive && verb !== null && placesOf(verb, terms).length === 0;
}

/** Passive in front of a verb, with at most an adverb between. */
const PASSIVE = /\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+|first\s+|also\s+|then\s+)?$/i;

/** In an active sentence the doer comes before the verb and the object after it; in a passive one the other way round. */
function swapsRoles({ verb, head, object }: Clause, { quote, terms }: Pair): boolean {
  const name = object ?? head;
  if (!name || !verb) return false;
  const named = placesOf(name, terms);
  const verbs = placesOf(verb, terms);
  if (verbs.length === 0 || named.length === 0) return false;
  return verbs.every((at) => {
    const isPassive = PASSIVE.test(quote.slice(0, terms[at]!.at)) || terms[at + 1]?.form === 'by';
    const expectedBefore = (object === null) !== isPassive;
    // "The first to serve was Ann": the name is told by the copula, not by its place.
    const told = (name: number) => /\b(?:is|are|was|were)\s+$/i.test(quote.slice(0, terms[name]!.at));
    // "Ann, whose brother hired Hale": the deed is another's.
    const ofAnother = (name: number) => name < at && /\bwhose\b/i.test(quote.slice(terms[name]!.at, terms[at]!.at));
    return named.every((name) => !told(name) && (expectedBefore ? name > at || ofAnother(name) : name < at));
  });
}

/** In words: "by the young engineer Hale". */
const AGENT_REACH = 4;

/** Whoever "Hale" is the object of in the question, the sentence makes Hale the doer, of whatever deed. */
function makesDoer({ object }: Clause, { quote, terms }: Pair): boolean {
  if (!object?.capital) return false;
  const places = placesOf(object, terms);
  return (
    places.length > 0 &&
    places.every((at) => {
      const before = quote.slice(terms[Math.max(0, at - AGENT_REACH)]!.at, terms[at]!.at);
      return (
        /\bby\s+(?:\w+\s+){0,3}$/i.test(before) ||
        (at === 0 && /^(?:(?:\p{Lu}\S*|the|of|de)\s+)+(?:has|had|have|would)\s+(?!been)/u.test(quote))
      );
    })
  );
}

const FROM = /^from$/;
const TO = /^(?:to|into|towards?)$/;

/** "From Norwick" is asked, and the sentence goes there; "into a market" is asked, and the market became something. */
function turnsRound({ question, terms }: Pair): boolean {
  return question.words.some((word, i) => {
    const asked = directionOf(question.words, i);
    if (!asked || question.isSmall(word)) return false;
    const places = placesOf(word, terms);
    const opposite = FROM.test(asked) ? TO : FROM;
    const told = places.map((at) => directionOf(terms, at)).filter((direction) => direction !== undefined);
    const isOpposed = told.length > 0 && told.every((direction) => opposite.test(direction));
    const becomes = terms.findIndex((term) => term.form === 'into');
    return isOpposed || (asked === 'into' && places.length > 0 && places.every((at) => at < becomes));
  });
}

/** The preposition shortly before a word that says which way. */
function directionOf(terms: Term[], at: number): string | undefined {
  return [1, 2, 3].map((back) => terms[at - back]?.form ?? '').find((form) => FROM.test(form) || TO.test(form));
}

/** "Hale's nephew" is asked for, and the sentence tells of the nephew Hale. */
function swapsKin({ question, quote, terms }: Pair): boolean {
  return question.words.some((owner, i) => {
    const thing = question.words[i + 1];
    if (!owner.capital || !thing || question.isSmall(thing) || !isPossessive(question.text, owner)) return false;
    const places = placesOf(thing, terms);
    return places.length > 0 && places.every((at) => alike(owner, terms[at + 1]) && /^\S+\s\p{Lu}/u.test(quote.slice(terms[at]!.at)));
  });
}

/** "What is Norwick a port of?" is not answered by a port of Norwick. */
function swapsWhole({ question, terms }: Pair): boolean {
  const [, whole, part] = /^what (?:is|are|was|were) (?:the )?(\p{L}+) (?:a|an|the) (\p{L}+) of\b/iu.exec(question.text) ?? [];
  const asked = (text: string | undefined) => question.words.find((word) => word.form === text?.toLowerCase());
  const [owner, thing] = [asked(whole), asked(part)];
  if (!owner || !thing) return false;
  const places = placesOf(thing, terms);
  return places.length > 0 && places.every((at) => [1, 2, 3].some((ahead) => alike(owner, terms[at + ahead])));
}
