import { foldWord, termsOf, type Term } from '../text/terms.ts';
import { parseQuestion, type ParsedQuestion } from './question.ts';

const END = /[?？؟;.!。\s]+$/u;

/** A question as it is searched: what is shown as `queryUsed`, its parse, and the words it borrows from before. */
export type RewrittenQuestion = { queryUsed: string; question: ParsedQuestion; context: Term[] };

/** Openings that only continue what was asked before: "and what about …?". */
const CONTINUES =
  /^\s*(?:and|but|what about|how about|und|aber|was ist mit|wie steht es mit|et|qu'en est-il d[eu]|y|e|ed|y qué hay de|qué hay de|¿y|а|и|а что|ve|peki|και|και τι|iar|și|còn|o que dizer d[eao]|那么?|那|呢|では|じゃあ|그럼|그러면|وماذا عن|و|और|แล้ว)(?:\s|(?<=[\u0e00-\u9fff]))/iu;
const LEADS =
  /^\s*(?:and|but|so|then|und|et|y|e|а|и|ve|και)?[\s,]*(?:what|how)\s+about\s+|^\s*(?:und\s+)?(?:was ist|wie steht es) mit\s+|^\s*(?:et\s+)?qu'en est-il d[eu]s?\s+|^\s*¿?(?:y\s+)?qué hay de\s+|^\s*(?:and|und|et|y|e|а|и|ve|και)\s+/iu;
/** Words that stand for something said before. */
const STAND_INS = new Set(
  'he she it they him her them his its their theirs there then that this these those er sie es ihn ihm ihr dort damals elle il ils elles lui leur el ella ellos ellas esto eso alli lui lei loro он она оно они его ее их там ele ela eles isso αυτος αυτη αυτο αυτοι o onu onun onlar orada no'.split(
    ' ',
  ),
);

/**
 * Makes a follow-up stand alone. "And what about Robert?" takes the former question with Robert in the place of its
 * name; "when did he die?" borrows the former question's names. Anything else is searched as it is.
 */
export function rewriteQuestion(text: string, history: readonly string[]): RewrittenQuestion {
  const previous = history[0];
  const question = parseQuestion(text);
  if (previous === undefined || !leansOnHistory(text, question, previous)) return { queryUsed: text, question, context: [] };
  if (CONTINUES.test(text) && asksNothingNew(text)) {
    const replaced = putInPlace(previous, text.replace(LEADS, '').replace(END, ''));
    if (replaced) return { queryUsed: replaced, question: parseQuestion(replaced), context: [] };
  }
  const borrowed = parseQuestion(previous).terms;
  const [words, mark] = [text.replace(END, ''), END.exec(text)?.[0].trim() ?? ''];
  const beside = (terms: Term[]) => `${words} (${terms.map((term) => original(previous, term)).join(' ')})${mark}`;
  if (asksNothing(question)) return { queryUsed: beside(borrowed), question: parseQuestion(beside(borrowed)), context: [] };
  const names = borrowed.filter((term) => term.capital);
  const context = names.length > 0 ? names : borrowed;
  return { queryUsed: beside(context), question: { ...question, ofWhole: null }, context };
}

/** "When?", "How many?": what it is about was said before. */
const asksNothing = ({ words, isSmall }: ParsedQuestion): boolean => words.length > 0 && words.length <= 3 && words.every(isSmall);

function leansOnHistory(text: string, question: ParsedQuestion, previous: string): boolean {
  // "Who wrote it?" asks for the author of the file, unless something else was spoken of before.
  if (question.ofWhole)
    return question.ofWhole === 'author' && /\b(?:it|this|that)[\s?.!]*$/i.test(text) && !parseQuestion(previous).ofWhole;
  if (CONTINUES.test(text) || asksNothing(question)) return true;
  const words = termsOf(text).map((term) => foldWord(term.form));
  if (words.some((word) => STAND_INS.has(word))) return !question.terms.some((term) => term.capital);
  return question.terms.length === 1 && words.length <= 3 && question.terms[0]!.kind !== 'gram';
}

/** Whether a continuation only names another subject, without a question of its own. */
function asksNothingNew(text: string): boolean {
  const { expects, terms } = parseQuestion(text.replace(LEADS, ''));
  return expects === 'any' && terms.length <= 4;
}

/** The former question with another subject in the place of its name, or another number in that of its number; else null. */
function putInPlace(previous: string, subject: string): string | null {
  const number = /^(?:\S{1,4}\s+)?(\d[\d.,]*)$/u.exec(subject)?.[1];
  const found = number === undefined ? NAME.exec(previous) : /\d[\d.,]*(?<=\d)/.exec(previous);
  if (!found || !/\p{Lu}|\p{Lo}|\d/u.test(subject)) return null;
  const owns = /['’]s$/.exec(found[0])?.[0] ?? '';
  const replacement = number ?? (subject.endsWith(owns) ? subject : subject + owns);
  return previous.slice(0, found.index) + replacement + previous.slice(found.index + found[0].length);
}

/** Words with capitals, not at the beginning, with what joins and numbers them: "Duke of Norwick", "Part 2". */
const NAME = /(?<=\S\s+)\p{Lu}[\p{L}\p{M}'’-]*(?:\s+(?:(?:of|the|de|von|van|du|la)\s+)*\p{Lu}[\p{L}\p{M}'’-]*)*(?:\s+\d+)?/u;

function original(text: string, term: Term): string {
  return /^[^\s?？.,;:!()[\]"“”]+/u.exec(text.slice(term.at))?.[0] ?? term.form;
}
