import type { AnswerRequest } from '../src/answers/answerer.ts';
import { rewriteQuestion } from '../src/answers/follow-up.ts';
import { chunkPage } from '../src/indexing/chunks.ts';
import { sliceCodePoints } from '../src/text/code-points.ts';

/** What the retrieval repository would hand the answerer for a file of these pages. */
export function aRequest(pages: string[], text: string, history: string[] = []): AnswerRequest {
  const { question, context } = rewriteQuestion(text, history);
  const chunks = pages.flatMap((page, i) =>
    chunkPage(i + 1, page).map((chunk) => ({ ...chunk, text: sliceCodePoints(page, chunk.start, chunk.end) })),
  );
  const holding = (key: string) => Math.max(1, chunks.filter((chunk) => chunk.terms.includes(key)).length);
  const asked = [...question.terms, ...context].map((term) => term.key);
  const passages = chunks
    .filter((chunk) => question.ofWhole || asked.some((key) => chunk.terms.includes(key)))
    .map((chunk) => ({
      fileId: '0190c5a0-0000-7000-8000-000000000001',
      version: 1,
      page: chunk.page,
      start: chunk.start,
      text: chunk.text,
    }));
  const weightOf = ({ key }: { key: string }) => Math.log(1 + (chunks.length - holding(key) + 0.5) / (holding(key) + 0.5));
  return { question, context, passages, weightOf, deadlineAt: Date.now() + 10_000 };
}
