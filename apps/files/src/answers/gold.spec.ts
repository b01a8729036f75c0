import { goldDocuments, type GoldDocument, type GoldQuestion } from '../../test/gold.ts';
import { MemoryIndex } from '../../test/search.ts';
import type { AnswerDraft } from './answerer.ts';
import { isTrueQuote } from './citation-check.ts';
import { ExtractiveAnswerer } from './extractive-answerer.ts';

type Reply = GoldQuestion & { document: string; draft: AnswerDraft };

const answerer = new ExtractiveAnswerer();
const documents = goldDocuments().map((document) => ({ ...document, index: new MemoryIndex(document.pages) }));
const ask = async (document: (typeof documents)[number], asked: GoldQuestion): Promise<Reply> => ({
  ...asked,
  document: document.name,
  draft: await answerer.answer(document.index.request(asked.question)),
});

const holds = ({ holds, draft }: Reply, first: number) => draft.citations.slice(0, first).some(({ quote }) => quote.includes(holds!));
const share = (replies: Reply[], is: (reply: Reply) => boolean) => replies.filter(is).length / replies.length;
const pageOf = ({ pages }: GoldDocument, page: number) => pages[page - 1] ?? null;

/** What was measured, less two questions: a change that loses more is seen. */
describe('the answers of our own documents', () => {
  let answerable: Reply[];
  let unanswerable: Reply[];
  let offFile: Reply[];

  beforeAll(async () => {
    const own = await Promise.all(documents.flatMap((document) => document.asked.map((asked) => ask(document, asked))));
    answerable = own.filter((reply) => reply.holds !== null);
    unanswerable = own.filter((reply) => reply.holds === null);
    offFile = await Promise.all(
      documents.flatMap(({ asked }, i) => asked.map((question) => ask(documents[(i + 5) % documents.length]!, question))),
    );
  }, 60_000);

  it('are measured by two hundred questions and more', () => {
    expect(answerable.length + unanswerable.length).toBeGreaterThanOrEqual(200);
    expect(documents.length).toBeGreaterThanOrEqual(17);
  });

  it('hold the right words in the first quote, or in the first three', () => {
    expect(share(answerable, (reply) => holds(reply, 1))).toBeGreaterThanOrEqual(0.9);
    expect(share(answerable, (reply) => holds(reply, 3))).toBeGreaterThanOrEqual(0.95);
  });

  it('are rarely wrong when they claim to answer', () => {
    const answered = answerable.filter(({ draft }) => draft.status === 'answered');
    expect(answered.length / answerable.length).toBeGreaterThanOrEqual(0.6);
    expect(share(answered, (reply) => !holds(reply, 3))).toBeLessThanOrEqual(0.04);
  });

  it('claim nothing of questions that another document answers', () => {
    expect(share(offFile, ({ draft }) => draft.status === 'answered')).toBeLessThanOrEqual(0.01);
    expect(share(offFile, ({ draft }) => draft.status === 'no_evidence')).toBeGreaterThanOrEqual(0.95);
  });

  it('seldom take what nearly fits for an answer', () => {
    expect(share(unanswerable, ({ draft }) => draft.status === 'answered')).toBeLessThanOrEqual(0.35);
  });

  it('quote what stands there, letter by letter', () => {
    for (const { document, draft } of [...answerable, ...unanswerable]) {
      const source = documents.find(({ name }) => name === document)!;
      for (const citation of draft.citations)
        expect([citation, isTrueQuote(citation, pageOf(source, citation.page))]).toEqual([citation, true]);
    }
  });
});
