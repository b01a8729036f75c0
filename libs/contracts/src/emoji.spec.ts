import { emojiOf } from './emoji.ts';

describe('an emoji', () => {
  it.each(['👍', '👍🏽', '❤️', '🇩🇪', '👨‍👩‍👧', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '1️⃣', '©️'])('is %s', (emoji) => {
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

  it.each(['', 'a', '1', '#', ':thumbsup:', '👍👍', '👍 ', ' 👍', '🇩', '👍\u200d', 'é', '\u200d', '<b>'])('is not %j', (text) => {
    expect(emojiOf(text)).toBeUndefined();
  });
});
