import { rewriteQuestion } from './follow-up.ts';

describe('a follow-up question', () => {
  const former = ['When did Hervé serve as a general?'];

  it.each([
    ['And what about Robert Crispin?', 'When did Robert Crispin serve as a general?'],
    ['what about Oursel', 'When did Oursel serve as a general?'],
  ])('that asks about another name puts it in the place of the one before: "%s"', (text, queryUsed) => {
    expect(rewriteQuestion(text, former).queryUsed).toBe(queryUsed);
  });

  it.each([
    ['And what about Carla?', "What is Bob's salary?", "What is Carla's salary?"],
    ['And in 2028?', 'What is the budget for 2027?', 'What is the budget for 2028?'],
    ['What about Part 2?', 'What does Part 1 discuss?', 'What does Part 2 discuss?'],
  ])('that changes one part keeps the rest of what was asked: "%s" after "%s"', (text, before, queryUsed) => {
    expect(rewriteQuestion(text, [before]).queryUsed).toBe(queryUsed);
  });

  it('that only asks when is about what was asked before', () => {
    const { queryUsed, question } = rewriteQuestion('When?', ['Was the lighthouse rebuilt?']);
    expect(queryUsed).toBe('When (lighthouse rebuilt)?');
    expect(question.expects).toBe('time');
    expect(question.terms.map((term) => term.form)).toEqual(['lighthouse', 'rebuilt']);
  });

  it.each([
    ['How long does it take?', 'How much does the repair cost?', 'How long does it take (repair cost)?'],
    ['And who does it?', 'How much does the repair cost?', 'And who does it (repair cost)?'],
    ['Wie lange ist das?', 'Was kostet die Reparatur?', 'Wie lange ist das (kostet Reparatur)?'],
    ['Et combien ?', 'Qui répare la chaudière ?', 'Et combien (répare chaudière)?'],
    ['¿Y cuándo fue?', '¿Quién reparó la caldera?', '¿Y cuándo fue (reparó caldera)?'],
  ])('that names nothing is about what was asked before: "%s" after "%s" is "%s"', (text, before, queryUsed) => {
    expect(rewriteQuestion(text, [before]).queryUsed).toBe(queryUsed);
  });

  it.each([
    ['When was it written?', 'How old is the anthem of Norwick?', 'When was it written (Norwick)?'],
    ['When was this letter written?', 'How old is the anthem of Norwick?', 'When was this letter written?'],
    ['Who wrote it?', 'How old is the anthem of Norwick?', 'Who wrote it (Norwick)?'],
    ['Who wrote it?', 'What is this about?', 'Who wrote it?'],
    ['Who is the author of this document?', 'How old is the anthem of Norwick?', 'Who is the author of this document?'],
    ['What is this about?', 'How old is the anthem of Norwick?', 'What is this about?'],
  ])('is read for what it asks of the names before: "%s" after "%s" is "%s"', (text, before, queryUsed) => {
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

  it.each([
    ['And the harbour?', 'When was the lighthouse of Norwick built?', 'And the harbour (Norwick)?'],
    ['Und der Hafen?', 'Wann wurde der Leuchtturm von Norwick gebaut?', 'Wann wurde der Hafen gebaut?'],
    ['Und in Eastport?', 'Wann wurde der Leuchtturm von Norwick gebaut?', 'Und in Eastport (Leuchtturm Norwick)?'],
    ['Et celui de Eastport ?', 'Quand le phare de Norwick a-t-il été construit ?', 'Quand le phare de Eastport a-t-il été construit ?'],
    ['¿Y el puerto?', '¿Cuándo se construyó el faro de Norwick?', '¿Y el puerto (Norwick)?'],
    ['¿Y quién lo construyó?', '¿Cuándo se construyó el faro de Norwick?', '¿Y quién lo construyó (Norwick)?'],
    ['А кто его построил?', 'Когда был построен маяк Норвика?', 'А кто его построил (Норвика)?'],
    ['Peki kim inşa etti?', 'Deniz feneri ne zaman açıldı?', 'Peki kim inşa etti (Deniz feneri açıldı)?'],
    ['李红呢？', '王小明的电话是多少？', '李红的电话是多少？'],
    ['那李红的呢？', '王小明的电话是多少？', '李红的电话是多少？'],
    ['田中さんは？', '鈴木さんの電話番号は何ですか？', '田中さんの電話番号は何ですか？'],
    ['它有多高？', '灯塔是什么时候建造的？', '它有多高 (灯塔是什么时候建造的)？'],
  ])('is read in its language: "%s" after "%s" is "%s"', (text, before, queryUsed) => {
    expect(rewriteQuestion(text, [before]).queryUsed).toBe(queryUsed);
  });

  it.each([
    'What is the price of this lamp?',
    'Is there a school?',
    'Does the tenant pay for their own heating?',
    'But what does the tenant pay?',
    'Then what is the notice period?',
    'Rent',
    'Gibt es eine Schule?',
    'Quand le pont a-t-il été construit ?',
    'Y a-t-il une école ?',
    '¿Cuánto cuesta el alquiler?',
    'El precio de la lámpara',
    '房租是多少？',
  ])('with a subject of its own takes none from before: %s', (text) => {
    for (const before of ['When was the lighthouse of Norwick built?', '灯塔是什么时候建造的？'])
      expect(rewriteQuestion(text, [before])).toMatchObject({ queryUsed: text, context: [] });
  });

  it('takes nothing from a question about the whole file', () => {
    expect(rewriteQuestion('Who owns it?', ['Summarise this document'])).toMatchObject({ queryUsed: 'Who owns it?', context: [] });
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
