import type { Candidate } from './said.ts';

export type Answers = { questions: ReadonlySet<Candidate>; answers: ReadonlySet<Candidate> };

/** Signs of a question in the scripts of the world. */
const QUESTION = /[?？؟;፧՞]\s*$/u;
/** An answer comes soon, or is not known as one. */
const WITHIN = 5;
/** Shorter words are those of grammar in most languages. */
const TELLING = 4;

/** Questions that somebody else answered in words of them, and what they said, by the signs of writing alone. */
export function answersIn(said: readonly Candidate[]): Answers {
  const questions = new Set<Candidate>();
  const answers = new Set<Candidate>();
  said.forEach((question, at) => {
    if (!QUESTION.test(question.sentence)) return;
    const answer = said.slice(at + 1).find((it) => it.seq > question.seq && it.authorId !== question.authorId && isAnswer(it, question));
    if (!answer) return;
    questions.add(question);
    answers.add(answer);
  });
  return { questions, answers };
}

const isAnswer = (it: Candidate, question: Candidate): boolean =>
  it.seq - question.seq <= WITHIN &&
  !QUESTION.test(it.sentence) &&
  it.terms.some((term) => term.length >= TELLING && question.terms.includes(term));
