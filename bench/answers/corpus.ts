import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { paginate } from '../../apps/files/src/text/paginate.ts';
import { tidyText } from '../../apps/files/src/text/tidy.ts';

/** A question and what its answer must hold; one without answers is not answered by its article. */
export type Asked = { question: string; answers: string[] };
export type Article = { title: string; pages: string[]; asked: Asked[] };
export type Corpus = { name: string; articles: Article[] };

const Answers = z.array(z.union([z.string(), z.object({ text: z.string() }).transform(({ text }) => text)]));
const Qa = z
  .object({
    question: z.string(),
    answers: Answers.default([]),
    is_impossible: z.boolean().default(false),
    answerable: z.boolean().default(true),
  })
  .transform(({ question, answers, is_impossible, answerable }) => ({ question, answers: is_impossible || !answerable ? [] : answers }));
const Paragraph = z
  .object({ context: z.string().optional(), text: z.string().optional(), qas: z.array(Qa).optional(), questions: z.array(Qa).optional() })
  .transform(({ context, text, qas, questions }) => ({ text: context ?? text ?? '', asked: qas ?? questions ?? [] }));
const Title = z.string().default('untitled');
const Squad = z.union([
  z.object({ data: z.array(z.object({ title: Title, paragraphs: z.array(Paragraph) })) }).transform(({ data }) => data),
  z.object({ title: Title, paragraphs: z.array(Paragraph) }).transform((article) => [article]),
]);

/** A file of SQuAD's form, 1.1 or 2.0: each article becomes a text file made of its paragraphs. */
export function readCorpus(path: string): Corpus {
  const articles = Squad.parse(JSON.parse(readFileSync(path, 'utf8'))).map(({ title, paragraphs }) => ({
    title,
    pages: paginate(tidyText(paragraphs.map(({ text }) => text).join('\n\n'))),
    asked: paragraphs.flatMap(({ asked }) => asked),
  }));
  return { name: basename(path, '.json'), articles };
}

/** Text as it is compared: blanks and capitals aside. */
export const comparable = (text: string): string => tidyText(text).toLowerCase().replace(/\s+/g, ' ').trim();

export const holdsAnswer = (quote: string, { answers }: Asked): boolean => {
  const text = comparable(quote);
  return answers.some((answer) => text.includes(comparable(answer)));
};
