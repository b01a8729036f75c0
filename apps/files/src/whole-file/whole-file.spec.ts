import { aRequest } from '../../test/search.ts';
import { ExtractiveAnswerer } from '../answers/extractive-answerer.ts';
import { parseQuestion } from '../questions/question.ts';

const answerer = new ExtractiveAnswerer();
const quotes = async (pages: string[], question = 'What is this about?') =>
  (await answerer.answer(aRequest(pages, question)))?.citations.map(({ quote }) => quote);

describe('a question about a file as a whole', () => {
  it.each([
    'What is this about?',
    "What's this document about",
    'What does it say?',
    'Please summarize this file',
    'Give me a short summary of the report.',
    'What are the main points?',
    'TL;DR',
    'Worum geht es?',
    'Fasse das Dokument zusammen',
    'De quoi parle ce document ?',
    '¿De qué trata el documento?',
    'Di cosa parla il documento?',
    'Waar gaat dit document over?',
    'О чём этот документ?',
    'Bu belge ne hakkında?',
    '这个文件讲的是什么？',
    'この文書は何についてですか？',
    '이 문서는 무엇에 관한 것입니까?',
    'ما موضوع هذا الملف؟',
    'Summarise the document in three sentences',
    '¿Puedes resumir este archivo?',
    'Кратко изложи содержание',
    'Συνόψισε το έγγραφο',
    'Bu belgeyi özetle',
    'Tóm tắt tài liệu này',
    'इस दस्तावेज़ का सारांश दें',
    'Rezumă documentul',
    'Summarise the handbook',
    'Can you summarise this e-mail?',
    'Fasse die Anleitung zusammen',
  ])('is one: %s', (text) => {
    expect(parseQuestion(text).ofWhole).toBe('content');
  });

  it.each([
    'What is the bridge about to lose?',
    'What does the contract say about rent?',
    'Who wrote the summary?',
    'When was the main point made?',
    '灯塔是什么时候建造的？',
    'How many pages did Luther write?',
    'Which dates did the council propose for the fair?',
    'Summarise the chapter on boats',
    'What is the sum?',
    'Who is Tom?',
    'What is written there?',
    'Quién escribió la Biblia?',
    'Кто написал гимн?',
    '谁写了这首诗？',
    'ใครเขียนเพลงชาติ',
  ])('is none: %s', (text) => {
    expect(parseQuestion(text).ofWhole).toBeNull();
  });

  it.each([
    ['dates', 'Which dates are mentioned?', 'Quelles dates sont mentionnées ?', '¿Qué fechas se mencionan?', 'Перечисли все даты'],
    [
      'dates',
      'Ποιες ημερομηνίες αναφέρονται;',
      'Tarihleri listele',
      'Liệt kê các ngày',
      'اذكر التواريخ',
      '文件中有哪些日期？',
      'มีวันที่อะไรบ้าง',
    ],
    [
      'pages',
      'How many pages?',
      'Wie viele Seiten?',
      'Quantas páginas tem?',
      'Сколько страниц в документе?',
      'Πόσες σελίδες έχει;',
      'Kaç sayfa?',
    ],
    ['pages', 'Tài liệu này có bao nhiêu trang?', 'كم عدد الصفحات؟', 'कितने पृष्ठ हैं?', '这个文件有几页？', 'มีกี่หน้า', 'Câte pagini are?'],
    [
      'author',
      'Who prepared this document?',
      "Qui est l'auteur ?",
      'Chi ha scritto questo documento?',
      'Кто автор этого документа?',
      'Ποιος το έγραψε;',
    ],
    [
      'author',
      'Yazarı kim?',
      'Ai đã viết tài liệu này?',
      'من كتب هذا المستند؟',
      'यह किसने लिखा?',
      '这是谁写的？',
      'ใครเป็นผู้เขียน',
      'Cine a scris asta?',
    ],
  ])('may be about its %s, in any language whose words are known', (kind, ...questions) => {
    expect(questions.map((text) => [text, parseQuestion(text).ofWhole])).toEqual(questions.map((text) => [text, kind]));
  });

  it('is answered by how the file begins and by what its statements have in common', async () => {
    const page = [
      'The harbour of Norwick',
      '',
      'The harbour of Norwick is the oldest harbour of the northern coast.',
      'It rained a great deal in that first year.',
      'Ships from every northern town came to the harbour to trade.',
      'Nobody remembers who painted the old door.',
    ].join('\n');
    expect(await quotes([page])).toEqual([
      'The harbour of Norwick',
      'The harbour of Norwick is the oldest harbour of the northern coast.',
      'Ships from every northern town came to the harbour to trade.',
    ]);
  });

  it('is answered by the first lines of a file without statements', async () => {
    expect(await quotes(['Bread: 2\nMilk: 3\nTea: 4'], 'Summarize this')).toEqual(['Bread: 2', 'Milk: 3', 'Tea: 4']);
  });

  it('is not answered from nothing', async () => {
    expect(await quotes([])).toEqual([]);
  });

  it.each([
    ['RETHINKING HARBOURS\n\nSpeech by\n\nAnn G Hale\n\nNorwick, April 2009', 'Speech by\n\nAnn G Hale'],
    ['The harbour\nby Ann van Hale\n\nIt opens at seven.', 'by Ann van Hale'],
    ['The author of these minutes is Ann Hale. It rained.', 'The author of these minutes is Ann Hale'],
    ['Author: Ann Hale, Bob Marlow\nDate: 4 May', 'Author: Ann Hale, Bob Marlow'],
    ['🙂 Dear Bob,\n\nthe chairs come on 4 May.\n\nKind regards\nPeter Marlow\nNorwick Furniture', 'Kind regards\nPeter Marlow'],
  ])('says who wrote it, where the file does: %j', async (page, byline) => {
    for (const question of ['Who wrote it?', 'Who is the author?', 'Who is the author of this document?', 'Wer hat das geschrieben?']) {
      expect(await quotes([page], question)).toEqual([byline]);
    }
  });

  it.each(['List the dates', 'Please list all dates in this document.', 'Welche Termine stehen darin?'])(
    'lists what has a date: %s',
    async (question) => {
      const page = 'The harbour was dug in 1741. The railway came on 3 May 1904.\n\nRent is due on 2026-01-15. It rained.';
      expect(parseQuestion(question).ofWhole).toBe('dates');
      expect(await quotes([page], question)).toEqual(['The railway came on 3 May 1904.', 'Rent is due on 2026-01-15.']);
    },
  );

  it('counts the pages, and shows the last', async () => {
    const request = aRequest(['The first.', 'The second.', 'The third ends it. Or nearly.'], 'How many pages does this document have?');
    const { answer, citations } = await answerer.answer(request);
    expect(answer).toContain('3 pages');
    expect(citations).toMatchObject([{ page: 3, quote: 'The third ends it.' }]);
  });

  it.each([
    ['Who sent this mail?', 'From: Ann Hale <ann@example.org>'],
    ['Who is the sender?', 'From: Ann Hale <ann@example.org>'],
    ['When was the mail sent?', 'Date: 12 May 2025'],
    ['When was this written?', 'Date: 12 May 2025'],
    ['Wann wurde die E-Mail geschrieben?', 'Date: 12 May 2025'],
    ['Quand ce courriel a-t-il été écrit ?', 'Date: 12 May 2025'],
    ['¿Cuándo se escribió este correo?', 'Date: 12 May 2025'],
  ])('knows the head of a mail: %s', async (question, line) => {
    const head = 'From: Ann Hale <ann@example.org>\nTo: Bob Marlow <bob@example.org>\nDate: 12 May 2025\nSubject: Chairs';
    expect(await quotes([`${head}\n\nDear Bob,\n\nthe chairs of 3 April 2024 are paid.`], question)).toEqual([line]);
  });

  it.each([
    ['Who wrote the book?', 'Peter Marlow wrote the book in 1904.'],
    ['When was the book written?', 'Peter Marlow wrote the book in 1904.'],
  ])('is answered like any other, where the file speaks of such a thing and does not say it of itself: %s', async (question, quote) => {
    expect(await quotes(['The Grey Sails is a novel. Peter Marlow wrote the book in 1904. It rained.'], question)).toContain(quote);
  });

  it('does not take a date that a sentence tells of for that of the file', async () => {
    expect(await quotes(['The harbour was opened on 3 May 1904.'], 'When was this document written?')).toEqual([]);
  });

  it('does not guess who wrote it', async () => {
    expect(await quotes(['The harbour opens at seven. It was built by Hale.'], 'Who wrote it?')).toEqual([]);
  });

  it('asks who wrote what was spoken of before, when something was', async () => {
    const page = 'The anthem of Norwick is old. Peter Marlow wrote it. This page was written by Ann Hale.';
    const draft = await answerer.answer(aRequest([page], 'Who wrote it?', ['How old is the anthem of Norwick?']));
    expect(draft?.citations.map(({ quote }) => quote)).not.toContain('written by Ann Hale');
  });
});
