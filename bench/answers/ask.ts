import { MemoryIndex } from '../../apps/files/test/search.ts';
import { ExtractiveAnswerer } from '../../apps/files/src/answers/extractive-answerer.ts';
import { isTrueQuote } from '../../apps/files/src/answers/citation-check.ts';
import type { AnswerDraft } from '../../apps/files/src/answers/answerer.ts';
import type { Article } from './corpus.ts';

const answerer = new ExtractiveAnswerer();

export type Reply = AnswerDraft & { ms: number; inexact: number };

/** An article as a file that can be asked. */
export class AskedArticle {
  readonly article: Article;
  private readonly index: MemoryIndex;

  constructor(article: Article) {
    this.article = article;
    this.index = new MemoryIndex(article.pages);
  }

  async ask(question: string): Promise<Reply> {
    const startedAt = performance.now();
    const draft = await answerer.answer(this.index.request(question));
    const ms = performance.now() - startedAt;
    const inexact = draft.citations.filter((citation) => !isTrueQuote(citation, this.article.pages[citation.page - 1] ?? null)).length;
    return { ...draft, ms, inexact };
  }
}
