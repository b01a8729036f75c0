import { isLoneEmoji, readText } from './read-text.ts';

const isNamed = (name: string) => name === 'ben';
const read = (text: string) => JSON.stringify(readText(text, isNamed) ?? 'as written');

describe('the text of a message', () => {
  it('is marked where the server found a mention, and nowhere else', () => {
    expect(read('hi @BEN, and @ann')).toContain('"mention":"@BEN"');
    expect(read('hi @ann')).not.toContain('"mention"');
  });

  it.each(['plain words', '[a]: https://x.example', '[](https://x.example)', '> '.repeat(2000)])(
    'is shown as written when markup would add nothing, hide it or take too long: %j',
    (text) => {
      expect(read(text)).toBe('"as written"');
    },
  );

  it('is read where markup shows something', () => {
    expect(read('**bold**')).toContain('strong');
  });
});

describe('a message of nothing but emoji', () => {
  it.each(['🎉', '👍🏽', '👨‍👩‍👧', '❤️ 🔥', '🇻🇳', ' 🎉\n'])('is large: %j', (text) => expect(isLoneEmoji(text)).toBe(true));
  it.each(['', '1', '#', 'ok 🎉', '🎉🎉🎉🎉🎉🎉🎉', '™ x'])('is not: %j', (text) => expect(isLoneEmoji(text)).toBe(false));
});
