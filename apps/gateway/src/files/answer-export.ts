import type { Answer, AnswerHistory } from '@atrium/contracts';
import { Readable } from 'node:stream';

/** A conversation with files as a Markdown document, read page by page, the newest question first. */
export function exportAnswers(first: AnswerHistory, next: (cursor: string) => Promise<AnswerHistory>): Readable {
  return Readable.from(documents(first, next));
}

async function* documents(first: AnswerHistory, next: (cursor: string) => Promise<AnswerHistory>): AsyncGenerator<string> {
  yield '# Questions and answers\n';
  for (let page = first; ; page = await next(page.nextCursor)) {
    for (const answer of page.items) yield entry(answer);
    if (page.nextCursor === null) return;
  }
}

function entry({ question, answer, citations, createdAt, status }: Answer): string {
  const sources = citations.map(({ n, page, quote }) => `- [${n}] page ${page}: “${oneLine(quote)}”`);
  return `\n## ${oneLine(question)}\n\n${createdAt} · ${status.replace('_', ' ')}\n\n${answer}\n${sources.length > 0 ? `\n${sources.join('\n')}\n` : ''}`;
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ');
