import type { Term } from '../text/terms.ts';
import { namesDocument } from '../whole-file/request-words.ts';
import { parseQuestion, type ParsedQuestion } from './question.ts';

const END = /[?？؟;.!。\s]+$/u;

/** A question as it is searched: what is shown as `queryUsed`, its parse, and the words it borrows from before. */
export type RewrittenQuestion = { queryUsed: string; question: ParsedQuestion; context: Term[] };

/** Openings that only continue what was asked before: "and what about …?". */
const CONTINUES =
  /^\s*¿?(?:and|but|what about|how about|und|aber|was ist mit|wie steht es mit|et|qu'en est-il d[eu]|y(?! a-t-)|e|ed|y qué hay de|qué hay de|а|и|а что|ve|peki|και|και τι|iar|și|còn|o que dizer d[eao]|那么?|那|呢|では|じゃあ|그럼|그러면|وماذا عن|و|और|แล้ว)(?:\s|(?<=[\u0e00-\u9fff]))/iu;
const LEADS =
  /^\s*(?:and|but|so|then|und|et|y|e|а|и|ve|και)?[\s,]*(?:what|how)\s+about\s+|^\s*(?:und\s+)?(?:was ist|wie steht es) mit\s+|^\s*(?:et\s+)?qu'en est-il d[eu]s?\s+|^\s*¿?(?:y\s+)?qué hay de\s+|^\s*¿?(?:and|und|et|y|e|а|и|ve|και|iar|și)\s+/iu;
/** "That of Eastport": only the name takes another's place. */
const ONE_OF = /^(?:that of|the one (?:of|in)|celui d[eu']\s*|celle d[eu']\s*|(?:el|la) de|quell[oa] di|o d[eao]|a d[eao])\s+/iu;

/** Words that stand for something said before, wherever they are; as they are written, since "él" is no article. */
const PRONOUNS = listed(
  'he she it they him her them his its their hers theirs er sie es ihn ihm ihr ihnen ihre ihren ihrem il elle ils elles lui leur él ella ellos ellas lo esto eso lui lei loro он оно она они его ее её их ним ними ele ela eles elas isso αυτός αυτή αυτό αυτοί o onu onun onlar ea nó họ anh_ấy cô_ấy هو هي هم वह उसका उसकी उसके उसने वे उनका',
);
/** The same, but only where nothing follows that they belong to: "what is that?", not "that lamp", nor "is there a lamp?". */
const POINTERS = listed(
  'this that these those there then dort damals dies das diese allí ahí entonces там тогда εκεί orada acolo هناك वहाँ',
);
const POINTED_UNSPACED = /[它他她]|[那这這]是|那里|那裡|それ|その|彼|그것|그는|그녀|มัน|เขา|เธอ/u;
/** "Is there …?" speaks of nothing. */
const EXISTENTIAL = /\b(?:gibt es|es gibt|y a-t-il|il y a|il s'agit|is it (?:true|possible)|geht es)\b/giu;
const ARTICLES = listed(
  'the a an der die das den dem des ein eine einen einem einer le la les un une el los las una uno il i gli o a os as um uma ο η το οι τα ένα μια τον την του της στο στη',
);
/**
 * Makes a follow-up stand alone. "And what about Robert?" takes the former question with Robert in the place of its
 * name; "when did he die?" borrows the former question's names. Anything else is searched as it is.
 */
export function rewriteQuestion(text: string, history: readonly string[]): RewrittenQuestion {
  const previous = history[0];
  const question = parseQuestion(text);
  if (previous === undefined || !leansOnHistory(text, question, previous)) return { queryUsed: text, question, context: [] };
  if (takesPlace(text)) {
    const replaced =
      putInPlaceUnspaced(previous, text) ?? putInPlace(previous, text.replace(LEADS, '').replace(ONE_OF, '').replace(END, ''));
    if (replaced) return { queryUsed: replaced, question: parseQuestion(replaced), context: [] };
  }
  const borrowed = parseQuestion(previous).terms;
  const [words, mark] = [text.replace(END, ''), END.exec(text)?.[0].trim() ?? ''];
  const told = (terms: Term[]) =>
    terms.some(({ kind }) => kind === 'gram') ? previous.replace(END, '') : terms.map((term) => original(previous, term)).join(' ');
  const beside = (terms: Term[]) => `${words} (${told(terms)})${mark}`;
  // "When?", "And who does it?": what it is about was said before.
  if (!question.hasSubject) return { queryUsed: beside(borrowed), question: parseQuestion(beside(borrowed)), context: [] };
  const names = borrowed.filter((term) => term.capital);
  const context = names.length > 0 ? names : borrowed;
  return { queryUsed: beside(context), question: { ...question, ofWhole: null }, context };
}

function leansOnHistory(text: string, question: ParsedQuestion, previous: string): boolean {
  // There is nothing to borrow from "what is this about?".
  if (parseQuestion(previous).ofWhole) return false;
  // "Who wrote it?", "When was it written?" ask of the file, unless something else was spoken of before.
  if (question.ofWhole) return ['author', 'dated'].includes(question.ofWhole) && pointsBack(text) && !namesDocument(text);
  if (!question.hasSubject || takesPlace(text)) return true;
  if (pointsBack(text)) return !question.terms.some((term) => term.capital);
  // "And who won?", "Which colour?"
  const { terms, words, asks } = CONTINUES.test(text) ? parseQuestion(text.replace(CONTINUES, '')) : question;
  if (terms.some(({ kind }) => kind === 'gram')) return false;
  if (CONTINUES.test(text)) return terms.length === 1 || (terms.length === 2 && !namesOwn(question, question.words.length));
  return terms.length === 1 && words.length <= 3 && words.length > 1 && asks;
}

/** Whether one of the first words is a thing of the question's own: "the tenant". */
const namesOwn = ({ words, isSmall }: ParsedQuestion, count: number): boolean =>
  words.slice(1, count).some((word, i) => !isSmall(word) && ARTICLES.has(words[i]!.written));

/** Whether a word stands for something that the question itself does not name. */
function pointsBack(text: string): boolean {
  if (POINTED_UNSPACED.test(text)) return true;
  const question = parseQuestion(text.normalize('NFC').replace(EXISTENTIAL, ' '));
  const { words, isSmall } = question;
  return words.some(({ written }, i) => {
    const next = words[i + 1];
    const isPointing =
      PRONOUNS.has(written) || (i > 0 && POINTERS.has(written) && (!next || (isSmall(next) && !ARTICLES.has(next.written))));
    // "Does the tenant pay for their heating?"
    return isPointing && !namesOwn(question, i);
  });
}

/** "And Robert?", "李红呢？": another subject for the former question. */
const takesPlace = (text: string): boolean => (CONTINUES.test(text) && asksNothingNew(text)) || ANOTHER_UNSPACED.test(text);

/** Whether a continuation only names another subject, without a question of its own. */
function asksNothingNew(text: string): boolean {
  const { asks, expects, terms } = parseQuestion(text.replace(LEADS, ''));
  return !asks && expects === 'any' && terms.length <= 4;
}

/** The former question with another subject in the place of its name, or another number in that of its number; else null. */
function putInPlace(previous: string, subject: string): string | null {
  const number = /^(?:\S{1,4}\s+)?(\d[\d.,]*)$/u.exec(subject)?.[1];
  const found = number === undefined ? NAME.exec(previous) : /\d[\d.,]*(?<=\d)/.exec(previous);
  const [first, ...others] = subject.split(/\s+/);
  const isNamed = /\p{Lu}|\p{Lo}|\d/u.test(subject) && (/^[\p{Lu}\p{Lo}\d]/u.test(subject) || ARTICLES.has(first!));
  if (!found || (number === undefined && !isNamed)) return null;
  const owns = /['’]s$/.exec(found[0])?.[0] ?? '';
  const before = previous.slice(0, found.index).trimEnd().split(/\s+/).at(-1);
  const named = ARTICLES.has(first!) && before && ARTICLES.has(before) ? others.join(' ') : subject;
  const replacement = number ?? (named.endsWith(owns) ? named : named + owns);
  return previous.slice(0, found.index) + replacement + previous.slice(found.index + found[0].length);
}

/** Words with capitals, not at the beginning, with what joins and numbers them: "Duke of Norwick", "Part 2". */
const NAME = /(?<=\S\s+)\p{Lu}[\p{L}\p{M}'’-]*(?:\s+(?:(?:of|the|de|von|van|du|la)\s+)*\p{Lu}[\p{L}\p{M}'’-]*)*(?:\s+\d+)?/u;

/** "李红呢？", "田中さんは？": what it is about, and what the former question was about, before the particle. */
const ANOTHER_UNSPACED = /^(?:那么?|では|じゃあ)?[、，\s]*(.{1,12}?)(?:的?呢|の?は)[？?]?$/u;
const SUBJECT_UNSPACED = /^(.{1,12}?)(?=[的是有在のはが])/u;

function putInPlaceUnspaced(previous: string, text: string): string | null {
  const subject = ANOTHER_UNSPACED.exec(text)?.[1];
  return subject && SUBJECT_UNSPACED.test(previous) ? previous.replace(SUBJECT_UNSPACED, subject) : null;
}

function listed(words: string): Set<string> {
  return new Set(words.split(/\s+/).map((word) => word.replace('_', ' ')));
}

function original(text: string, term: Term): string {
  return /^[^\s?？.,;:!()[\]"“”]+/u.exec(text.slice(term.at))?.[0] ?? term.form;
}
