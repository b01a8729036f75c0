import { matchKeyword } from './match-keyword.ts';

const answers = [
  { roomId: null, keyword: 'hello', answer: 'hi' },
  { roomId: null, keyword: 'hello bot', answer: 'hi there' },
  { roomId: null, keyword: 'müll', answer: 'Dienstag' },
  { roomId: null, keyword: 'wifi', answer: 'ask the desk' },
  { roomId: 'r1', keyword: 'wifi', answer: 'garden / roses' },
];
const answerTo = (text: string) => matchKeyword(text, answers)?.answer ?? null;

describe('matchKeyword', () => {
  it('meets whole words, in any case and beside any mark', () => {
    expect(answerTo('Hello!')).toBe('hi');
    expect(answerTo('well,hello…')).toBe('hi');
    expect(answerTo('Wann kommt der MÜLL?')).toBe('Dienstag');
  });

  it('does not meet parts of words, nor code', () => {
    expect(answerTo('helloworld')).toBeNull();
    expect(answerTo('Othello')).toBeNull();
    expect(answerTo('run `hello` or\n```\nhello\n```')).toBeNull();
  });

  it('prefers the longest phrase, then what the room itself says', () => {
    expect(answerTo('hello,  bot')).toBe('hi there');
    expect(answerTo('what is the wifi?')).toBe('garden / roses');
  });
});
