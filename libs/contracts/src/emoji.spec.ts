import { emojiOf } from './emoji.ts';

describe('what is taken for one emoji', () => {
  it.each(['👍', '👍🏽', '❤️', '🇩🇪', '👨‍👩‍👧', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '1️⃣', '©️'])('can be %s', (emoji) => {
    expect(emojiOf(emoji)).toBe(emoji);
  });

  it.each([
    ['❤', '❤️'],
    ['👍️', '👍'],
    ['1⃣', '1️⃣'],
    ['☺', '☺️'],
  ])('is the same with and without the mark that asks for a picture: %s', (written, meant) => {
    expect(emojiOf(written)).toBe(meant);
  });

  it.each(['', 'a', '1', '#', ':thumbsup:', '👍👍', '👍 ', ' 👍', '🇩', '👍\u200d', 'é', '\u200d', '<b>'])('cannot be %j', (text) => {
    expect(emojiOf(text)).toBeUndefined();
  });
});
