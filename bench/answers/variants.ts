import { MemoryIndex } from '../../apps/files/test/search.ts';
import { parseQuestion } from '../../apps/files/src/questions/question.ts';
import { sentencesOf } from '../../apps/files/src/text/sentences.ts';
import { similarity, type Term } from '../../apps/files/src/text/terms.ts';
import { holdsAnswer, type Article, type Asked } from './corpus.ts';

/** How many other articles each question is put to. */
const OTHERS = 2;

/** Other articles for a question, always the same. */
export function othersFor<T>(articles: T[], own: number, nth: number): T[] {
  if (articles.length < OTHERS + 1) return [];
  return Array.from({ length: OTHERS }, (_, k) => articles[(own + 1 + ((nth * 7 + k * 5) % (articles.length - 1))) % articles.length]!);
}

/** The article without the sentences that hold the answer: it is about the matter, and no longer answers. */
export function withoutAnswer(article: Article, asked: Asked): MemoryIndex {
  const pages = article.pages.map((page) =>
    sentencesOf(page)
      .filter(({ start, end }) => holdsAnswer(page.slice(start, end), asked))
      .toReversed()
      .reduce((text, { start, end }) => text.slice(0, start) + text.slice(end), page),
  );
  return new MemoryIndex(pages);
}

const parsed = new Map<string, Term[]>();

function termsAsked(question: string): Term[] {
  const terms = parsed.get(question) ?? parseQuestion(question).terms;
  parsed.set(question, terms);
  return terms;
}

/** The question with one word exchanged for one of its kind from another about the same article: it nearly fits. */
export function nearlyFitting({ question }: Asked, others: Asked[], nth: number): string | null {
  const terms = termsAsked(question);
  for (let i = 0; i < others.length; i += 1) {
    const other = others[(i + nth * 13) % others.length]!.question;
    const candidates = other === question ? [] : termsAsked(other);
    for (let k = 0; k < terms.length; k += 1) {
      const term = terms[(k + nth) % terms.length]!;
      const strange = (word: Term) => !terms.some((own) => similarity(own, word) > 0);
      const stranger = candidates.find((word) => word.kind === term.kind && word.capital === term.capital && strange(word));
      const [before, after] = [asWritten(question, term), stranger ? asWritten(other, stranger) : ''];
      if (before && after) return question.slice(0, term.at) + after + question.slice(term.at + before.length);
    }
  }
  return null;
}

const asWritten = (text: string, term: Term) =>
  term.kind === 'gram' ? text.slice(term.at, term.at + term.form.length) : (/^[\p{L}\p{M}\p{N}]+/u.exec(text.slice(term.at))?.[0] ?? '');
