import { isLoneEmoji } from './lone-emoji.ts';

describe('a message of nothing but emoji', () => {
  it.each(['🎉', '👍🏽', '👨‍👩‍👧', '❤️ 🔥', '🇻🇳', ' 🎉\n'])('is large: %j', (text) => expect(isLoneEmoji(text)).toBe(true));
  it.each(['', '1', '#', 'ok 🎉', '🎉🎉🎉🎉🎉🎉🎉', '™ x'])('is not: %j', (text) => expect(isLoneEmoji(text)).toBe(false));
});
