import type { Command, Member } from '@atrium/contracts';
import {
  choiceAt,
  commandHint,
  commandInUse,
  complete,
  suggestChoices,
  suggestCommands,
  suggestEmoji,
  suggestMentions,
  tokenAt,
} from './completion.ts';
import { EMOJI } from './emoji.ts';

const aMember = (username: string, displayName: string) => ({ id: username, username, displayName }) as Member;
const members = [aMember('ann', 'Ann Other'), aMember('ben', 'Benedict Annan'), aMember('cy', 'Cy')];
const commands = [
  { name: 'help', usage: '/help', description: '', arguments: [] },
  { name: 'roll_2d6', usage: '/roll_2d6', description: '', arguments: [] },
  {
    name: 'summary',
    usage: '/summary [last N]',
    description: '',
    arguments: [
      { name: 'range', description: 'what', type: 'choice', choices: ['last', 'thread'], required: false },
      {
        name: 'count',
        description: 'how many',
        type: 'number',
        min: 1,
        max: 9,
        required: true,
        where: { argument: 'range', says: ['last'] },
      },
    ],
  },
] as Command[];

describe('tokenAt', () => {
  it.each([
    ['/he', { kind: 'command', query: 'he', from: 0 }],
    ['/', { kind: 'command', query: '', from: 0 }],
    ['/Roll_2d', { kind: 'command', query: 'roll_2d', from: 0 }],
    ['hello @An', { kind: 'mention', query: 'an', from: 6 }],
    ['你好＠Jür', { kind: 'mention', query: 'jur', from: 2 }],
    ['(@b', { kind: 'mention', query: 'b', from: 1 }],
    ['done :Ta', { kind: 'emoji', query: 'ta', from: 5 }],
    ['done :tada:', { kind: 'emoji', query: 'tada:', from: 5 }],
  ])('finds what is being typed in %j', (text, token) => expect(tokenAt(text, text.length)).toMatchObject(token));

  it.each(['mail ann@ex', 'say /he', '/help me', 'plain', '//', 'at 10:30', 'see :)', 'so :D'])('finds nothing in %j', (text) =>
    expect(tokenAt(text, text.length)).toBeUndefined(),
  );

  it('looks at the caret, not at the end', () => {
    expect(tokenAt('hi @an and more', 6)).toMatchObject({ query: 'an', from: 3, to: 6 });
  });
});

describe('commandHint', () => {
  it('shows how a command is written once its name is there', () => {
    expect(commandHint('/roll_2d6 ', commands, true)).toBe('/roll_2d6');
    expect(commandHint('/summary ', commands, true)).toBe('/summary [last N] · range: what');
    expect(commandHint('/summary last ', commands, true)).toBe('/summary [last N] · count: how many');
    expect(commandHint('/summary last 5 ', commands, true)).toBe('/summary [last N]');
    expect(commandHint('/summ', commands, true)).toBeUndefined();
  });

  it('says what is wrong once a word is done, and lets one finish it first', () => {
    expect(commandHint('/summary lst ', commands, true)).toBe('range must be one of last, thread');
    expect(commandHint('/summary ls', commands, true)).toBe('/summary [last N] · range: what');
    expect(commandHint('/summary last 50 ', commands, true)).toBe('count must be a whole number from 1 to 9');
  });

  it('offers the words that a place takes', () => {
    const text = '/summary th';
    const choice = choiceAt(text, text.length, commands)!;
    expect(suggestChoices(choice.query, choice.choices).map(({ insert }) => insert)).toEqual(['thread ']);
    expect(choiceAt('/summary last 3', 15, commands)).toBeUndefined();
  });

  it('says that the bot is off instead, but not of what is no command', () => {
    for (const text of ['/', '/summ', '/summary last']) expect(commandHint(text, [], false)).toMatch(/^The bot is off/);
    for (const text of ['', 'hello', '//text', '/usr/bin']) expect(commandHint(text, [], false)).toBeUndefined();
  });
});

describe('suggestions', () => {
  it('puts usernames before names, groups last, and takes names without their accents', () => {
    expect(suggestMentions('an', members).map(({ key }) => key)).toEqual(['ann', 'ben']);
    const accented = [...members, aMember('jk', 'Jürgen Müller-Å')];
    for (const query of ['jurg', 'mull', 'a']) expect(suggestMentions(query, accented).map(({ key }) => key)).toContain('jk');
    expect(suggestMentions('r', members).map(({ key }) => key)).toEqual(['@room']);
  });

  it('offers commands by their start, and their usage while they are written', () => {
    expect(suggestCommands('su', commands).map(({ key }) => key)).toEqual(['summary']);
    expect(commandInUse('/summary last', commands)?.usage).toBe('/summary [last N]');
    expect(commandInUse('/summary', commands)).toBeUndefined();
  });

  it('offers emoji by their start, then by what is in their name, and one alone when the name is closed', () => {
    expect(suggestEmoji('roc', EMOJI).map(({ label }) => label)).toEqual(['🚀']);
    expect(suggestEmoji('heart', EMOJI).map(({ key }) => key)).toEqual(['heart', 'heart_eyes', 'kissing_heart', 'broken_heart']);
    expect(suggestEmoji('heart:', EMOJI).map(({ insert }) => insert)).toEqual(['❤️ ']);
    expect(new Set(EMOJI.map(({ name }) => name)).size).toBe(EMOJI.length);
  });

  it('replaces the token and leaves one space behind it', () => {
    const text = 'hi @be there';
    const token = tokenAt(text, 6)!;
    const [ben] = suggestMentions('be', members);
    expect(complete(text, token, ben!)).toEqual({ text: 'hi @ben there', caret: 8 });
  });
});
