import { EMOJI } from '../writing/emoji.ts';
import { withEmoji } from '../writing/written-emoji.ts';

describe('written emoji', () => {
  it.each([
    ['Done :tada:', 'Done 🎉'],
    [':tada:!', '🎉!'],
    [':TADA: :eyes:', '🎉 👀'],
    ['Thanks :)', 'Thanks 🙂'],
    ['Thanks :-), bye ;)', 'Thanks 🙂, bye 😉'],
    [':D\n:(', '😄\n🙁'],
    ['(Nice :D) :), yes :p.', '(Nice 😄) 🙂, yes 😛.'],
    ['I <3 this', 'I ❤️ this'],
  ])('in %j become signs', (text, shown) => expect(withEmoji(text, EMOJI)).toBe(shown));

  it.each([
    'at 10:30:15 sharp',
    'a:b:c',
    ':nosuchname:',
    '`:tada:` and `:)`',
    '```\nif (a) :)\n:tada:\n```',
    '    :)',
    'see http://x.example:)',
    'list(:)',
    '[link](x):',
  ])('are not seen in %j', (text) => expect(withEmoji(text, EMOJI)).toBe(text));
});
