import { rewriteQuestion } from './follow-up.ts';

describe('a follow-up question', () => {
  const former = ['When did Hervé serve as a general?'];

  it.each([
    ['And what about Robert Crispin?', 'When did Robert Crispin serve as a general?'],
    ['what about Oursel', 'When did Oursel serve as a general?'],
  ])('"%s" takes the place of the name before', (text, queryUsed) => {
    expect(rewriteQuestion(text, former).queryUsed).toBe(queryUsed);
  });

  it.each([
    ['And what about Carla?', "What is Bob's salary?", "What is Carla's salary?"],
    ['And in 2028?', 'What is the budget for 2027?', 'What is the budget for 2028?'],
    ['What about Part 2?', 'What does Part 1 discuss?', 'What does Part 2 discuss?'],
  ])('"%s" keeps the rest of "%s"', (text, before, queryUsed) => {
    expect(rewriteQuestion(text, [before]).queryUsed).toBe(queryUsed);
  });

  it('that only asks when is about what was asked before', () => {
    const { queryUsed, question } = rewriteQuestion('When?', ['Was the lighthouse rebuilt?']);
    expect(queryUsed).toBe('When (lighthouse rebuilt)?');
    expect(question.expects).toBe('time');
    expect(question.terms.map((term) => term.form)).toEqual(['lighthouse', 'rebuilt']);
  });

  it.each([
    ['Who wrote it?', 'How old is the anthem of Norwick?', 'Who wrote it (Norwick)?'],
    ['Who wrote it?', 'What is this about?', 'Who wrote it?'],
    ['Who is the author of this document?', 'How old is the anthem of Norwick?', 'Who is the author of this document?'],
    ['What is this about?', 'How old is the anthem of Norwick?', 'What is this about?'],
  ])('"%s" after "%s" is read as "%s"', (text, before, queryUsed) => {
    expect(rewriteQuestion(text, [before]).queryUsed).toBe(queryUsed);
  });

  it('with a pronoun borrows the names of the question before', () => {
    const { queryUsed, context } = rewriteQuestion('Where did he die?', former);
    expect(queryUsed).toBe('Where did he die (Hervé)?');
    expect(context.map((term) => term.form)).toEqual(['herve']);
  });

  it('that names a thing keeps the name before', () => {
    expect(rewriteQuestion('And what about the tower?', ['When was the lighthouse of Norwick built?']).queryUsed).toBe(
      'And what about the tower (Norwick)?',
    );
    expect(rewriteQuestion('Who built it?', ['And what about the tower (Norwick)?']).queryUsed).toBe('Who built it (Norwick)?');
  });

  it.each(['Who built the lighthouse of Norwick?', 'When was the Battle of Hastings?', '塔内有多少级台阶？'])(
    'that stands alone stays as it is: %s',
    (text) => {
      expect(rewriteQuestion(text, former)).toMatchObject({ queryUsed: text, context: [] });
    },
  );

  it('without history stays as it is', () => {
    expect(rewriteQuestion('And what about Robert?', []).queryUsed).toBe('And what about Robert?');
  });
});
