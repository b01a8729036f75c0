import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paginate } from '../src/text/paginate.ts';
import { tidyText } from '../src/text/tidy.ts';

/** A question to a document, and what its answer must hold; null when the document does not answer it. */
export type GoldQuestion = { question: string; holds: string | null };
export type GoldDocument = { name: string; pages: string[]; asked: GoldQuestion[] };

const FOLDER = join(import.meta.dirname, 'gold');

/**
 * Documents of our own with questions: the text, a line of four hyphens, then `? question | what the answer holds` and
 * `- question that is not answered`.
 */
export function goldDocuments(): GoldDocument[] {
  return readdirSync(FOLDER)
    .sort()
    .map((name) => {
      const [text = '', questions = ''] = readFileSync(join(FOLDER, name), 'utf8').split('\n----\n');
      return { name, pages: paginate(tidyText(text)), asked: questions.split('\n').flatMap(readQuestion) };
    });
}

function readQuestion(line: string): GoldQuestion[] {
  const [, mark, question, holds] = /^([?-]) (.*?)(?: \| (.+))?$/.exec(line) ?? [];
  if (!question) return [];
  if ((mark === '?') !== (holds !== undefined)) throw new Error(`a gold question is not written as it should be: ${line}`);
  return [{ question, holds: holds ?? null }];
}
