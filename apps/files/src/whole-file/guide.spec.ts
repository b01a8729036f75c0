import { goldDocuments } from '../../test/gold.ts';
import { MemoryIndex } from '../../test/search.ts';
import { ExtractiveAnswerer } from '../answers/extractive-answerer.ts';
import { suggestQuestions } from './guide.ts';
import { overviewOf } from './overview.ts';

const answerer = new ExtractiveAnswerer();
const suggested = (page: string) => suggestQuestions(new MemoryIndex([page]).request('What is this about?').passages);

describe('the guide of a file', () => {
  it.each(goldDocuments().map((document) => [document.name, document] as const))(
    'has three sentences and five questions that the file answers: %s',
    async (_name, { pages }) => {
      const index = new MemoryIndex(pages);
      const { passages } = index.request('What is this about?');
      const drafts = await Promise.all(suggestQuestions(passages).map((question) => answerer.answer(index.request(question))));
      expect(drafts.filter(({ status }) => status === 'answered').length).toBeGreaterThanOrEqual(5);
      expect(overviewOf(passages, 3)).toHaveLength(3);
    },
  );

  it.each([
    ['what it has headings for', 'Handbook\n\n2.1 Fees:\n\nClay is sold at 2 euros a kilogram.', 'What does it say about Fees?'],
    ['a name to its end', 'The film is sent as MPEG-2 tonight. Later MPEG-2 is shown again.', 'What does it say about MPEG-2?'],
    ['a name without the words around it', '昨天 Sky News与其他频道通过播放。今天 Sky News与其他频道停播。', 'Sky News是什么？'],
    ['in Russian', 'Маяк стоит в городе Норвик. Он был построен давно.', 'Норвик: что это?'],
    ['in Greek', 'Ο φάρος είναι στο Νόργουικ και είναι παλιός.', 'Τι είναι «Νόργουικ»;'],
    ['in Turkish', 'Deniz feneri ve liman Norwick kentinde bir tepededir.', 'Norwick nedir?'],
  ])('asks for %s', (_what, page, question) => {
    expect(suggested(page)).toContain(question);
  });

  it('asks for no greeting', () => {
    expect(suggested('Dear Mrs Hale,\n\nthe boiler in your house is old.').join(' ')).not.toContain('Dear');
  });

  it('asks for no small word of Arabic, whatever is written onto it', () => {
    const questions = suggested('بنيت المنارة في الميناء والتي كانت قديمة. تقف المنارة في الميناء والتي كانت عالية.');
    expect(questions).toContain('ما هو «المنارة»؟');
    expect(questions).not.toContain('ما هو «والتي»؟');
  });
});
