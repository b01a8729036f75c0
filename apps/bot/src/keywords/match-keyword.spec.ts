import { asKeyword, holdingAny, matchKeyword } from './match-keyword.ts';

const answers = [
  { roomId: null, keyword: 'hello', answer: 'hi' },
  { roomId: null, keyword: 'hello bot', answer: 'hi there' },
  { roomId: null, keyword: 'müll', answer: 'Dienstag' },
  { roomId: null, keyword: 'wifi', answer: 'ask the desk' },
  { roomId: 'r1', keyword: 'wifi', answer: 'garden / roses' },
];
const answerTo = (text: string) => matchKeyword(text, answers.map(asKeyword))?.answer ?? null;

describe('matchKeyword', () => {
  it('meets whole words, in any case and beside any mark', () => {
    expect(answerTo('Hello!')).toBe('hi');
    expect(answerTo('well,wifi…')).toBe('garden / roses');
    expect(answerTo('Wann kommt der MÜLL?')).toBe('Dienstag');
  });

  it('does not meet parts of words, nor code', () => {
    expect(answerTo('helloworld')).toBeNull();
    expect(answerTo('Othello')).toBeNull();
    expect(answerTo('run `hello` or\n```\nhello\n```')).toBeNull();
  });

  it.each(['hello', '  Hello!! ', 'hello, dear bot', 'Bot: hello.', '@bot hello'])('takes %j for a greeting of the bot', (text) =>
    expect(answerTo(text)).toBe('hi'),
  );

  it.each([
    'Hello @zoe are you there?',
    'hello @zoe',
    'say hello to the new pump',
    'hello everyone',
    'hello @zoe, ask the bot',
    '@bot hello, this is @zoe',
  ])('leaves the greeting in %j to people', (text) => expect(answerTo(text)).toBeNull());

  it('answers a question also when it is put to somebody', () => {
    expect(answerTo('@zoe what is the wifi?')).toBe('garden / roses');
  });

  it('prefers the longest phrase, then what the room itself says', () => {
    expect(answerTo('hello,  bot')).toBe('hi there');
    expect(answerTo('what is the wifi?')).toBe('garden / roses');
  });
});

describe('what tells at a glance whether a text may hold a keyword', () => {
  const mayHold = holdingAny(answers.map(asKeyword));

  it.each(['Hello!', 'well,wifi…', 'Wann kommt der MÜLL?', 'Mu\u0308ll', 'ｗｉｆｉ', 'say\nhello\tto `this`'])('lets %j through', (text) =>
    expect(mayHold(text)).toBe(true),
  );

  it('lets nothing through that holds no word of a keyword, and nothing at all without keywords', () => {
    expect(mayHold('the build fails on the second machine')).toBe(false);
    expect(holdingAny([])('hello')).toBe(false);
  });
});
