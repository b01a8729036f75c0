import type { AnswerRequest, Passage } from '../src/answers/answerer.ts';
import { rewriteQuestion } from '../src/questions/follow-up.ts';
import { PASSAGES_READ, passageWeight } from '../src/answers/passages.ts';
import { chunkPage, type Chunk } from '../src/indexing/chunks.ts';
import { sliceCodePoints } from '../src/text/code-points.ts';

type Indexed = { chunk: Chunk; keys: Set<string>; passage: Passage };

/** The index of one file in memory; finds what the retrieval repository finds in the database. */
export class MemoryIndex {
  private readonly indexed: Indexed[];

  constructor(pages: string[], fileId = '0190c5a0-0000-7000-8000-000000000001') {
    this.indexed = pages.flatMap((page, i) =>
      chunkPage(i + 1, page).map((chunk) => ({
        chunk,
        keys: new Set(chunk.terms),
        passage: { fileId, version: 1, page: chunk.page, start: chunk.start, text: sliceCodePoints(page, chunk.start, chunk.end) },
      })),
    );
  }

  request(text: string, history: string[] = []): AnswerRequest {
    const { question, context } = rewriteQuestion(text, history);
    const keys = [...new Set([...question.terms, ...context].map((term) => term.key))];
    const total = this.indexed.length;
    const holders = new Map(keys.map((key) => [key, this.indexed.filter((row) => row.keys.has(key)).length]));
    const whole = question.ofWhole === 'pages' ? this.indexed.slice(-1) : this.indexed.slice(0, PASSAGES_READ);
    const passages = question.ofWhole ? whole.map(({ passage }) => passage) : this.rank(keys, holders);
    return { question, context, passages, holding: ({ key }) => holders.get(key) ?? 0, total, deadlineAt: Date.now() + 10_000 };
  }

  private rank(keys: string[], holders: Map<string, number>): Passage[] {
    return this.indexed
      .map((row, i) => {
        const found = keys.filter((key) => row.keys.has(key));
        const weight = found.reduce((sum, key) => sum + passageWeight(holders.get(key)!, this.indexed.length), 0);
        return { passage: row.passage, i, found: found.length, score: weight / (0.75 + (0.25 * row.keys.size) / 100) };
      })
      .filter(({ found }) => found > 0)
      .sort((a, b) => b.score - a.score || a.i - b.i)
      .slice(0, PASSAGES_READ)
      .map(({ passage }) => passage);
  }
}

/** What the retrieval repository would hand the answerer for a file of these pages. */
export const aRequest = (pages: string[], text: string, history: string[] = []): AnswerRequest =>
  new MemoryIndex(pages).request(text, history);
