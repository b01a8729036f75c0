import { leftText } from './left-of-purge.ts';

const gone = { done: true, left: 0 };
const parts = { people: gone, messages: gone, files: gone, bot: { done: true, left: null } };

describe('what is told of a purge', () => {
  it.each([
    [
      { people: { done: false, left: 1 }, messages: { done: false, left: 12_000 }, files: { done: false, left: 2 } },
      '1 person, 12,000 messages, 2 files',
    ],
    [{ messages: { done: false, left: 1 } }, '1 message'],
    [{ messages: { done: false, left: 0 }, bot: { done: false, left: null } }, 'what the bot keeps of it'],
    [{ files: { done: false, left: 0 } }, 'the last of it'],
  ])('is what is still there: %o', (changes, words) => {
    expect(leftText({ parts: { ...parts, ...changes } })).toBe(`is being purged. Still there: ${words}.`);
  });
});
