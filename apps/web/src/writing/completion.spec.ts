import type { Command, CommandCheck, Member } from '@atrium/contracts';
import {
  commandHint,
  commandInUse,
  complete,
  needsCheck,
  placeAt,
  suggestChoices,
  suggestCommands,
  suggestEmoji,
  suggestMentions,
  suggestPeople,
  tokenAt,
} from './completion.ts';
import { EMOJI } from './emoji.ts';

const aMember = (username: string, displayName: string) => ({ id: username, username, displayName }) as Member;
const members = [aMember('ann', 'Ann Other'), aMember('ben', 'Benedict Annan'), aMember('cy', 'Cy')];
const commands = [
  { name: 'help', usage: '/help', description: '', arguments: [] },
  { name: 'roll_2d6', usage: '/roll_2d6', description: '', arguments: [], flags: [{ name: 'loud', description: '' }] },
  {
    name: 'kick',
    usage: '/kick <member>',
    description: '',
    posts: true,
    arguments: [
      { name: 'member', description: 'whom', type: 'member', required: true },
      { name: 'deputy', description: 'who comes', type: 'user', required: false },
    ],
  },
  {
    name: 'summary',
    usage: '/summary [last N]',
    description: '',
    arguments: [
      { name: 'range', description: 'what', type: 'choice', choices: ['last', 'thread'], required: false },
      {
        name: 'count',
        label: 'Anzahl',
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

describe('what is being typed', () => {
  it.each([
    ['/he', { kind: 'command', query: 'he', from: 0 }],
    ['/', { kind: 'command', query: '', from: 0 }],
    ['/Roll_2d', { kind: 'command', query: 'roll_2d', from: 0 }],
    ['hello @An', { kind: 'mention', query: 'an', from: 6 }],
    ['你好＠Jür', { kind: 'mention', query: 'jur', from: 2 }],
    ['(@b', { kind: 'mention', query: 'b', from: 1 }],
    ['done :Ta', { kind: 'emoji', query: 'ta', from: 5 }],
    ['done :tada:', { kind: 'emoji', query: 'tada:', from: 5 }],
  ])('is found at the end of %j', (text, token) => expect(tokenAt(text, text.length)).toMatchObject(token));

  it.each(['mail ann@ex', 'say /he', '/help me', 'plain', '//', 'at 10:30', 'see :)', 'so :D'])('is nothing to complete in %j', (text) =>
    expect(tokenAt(text, text.length)).toBeUndefined(),
  );

  it('is what stands at the caret, not at the end', () => {
    expect(tokenAt('hi @an and more', 6)).toMatchObject({ query: 'an', from: 3, to: 6 });
  });
});

const placed = (text: string) => placeAt(text, text.length, commands);

describe('a command that is being written', () => {
  it('shows how it is written once its name is there', () => {
    expect(commandHint('/roll_2d6 ', commands, true)).toBe('/roll_2d6');
    expect(commandHint('/summary ', commands, true)).toBe('/summary [last N] · range: what');
    expect(commandHint('/summary last ', commands, true)).toBe('/summary [last N] · Anzahl: how many');
    expect(commandHint('/summary last 5 ', commands, true)).toBe('/summary [last N]');
    expect(commandHint('/summ', commands, true)).toBeUndefined();
  });

  it('says what the server finds wrong once a word is done, and lets one finish it first', () => {
    const wrong = (path: string) => ({ fault: { path, message: 'is wrong' }, reads: [] });
    expect(commandHint('/summary lst ', commands, true, wrong('range'))).toBe('range is wrong');
    expect(commandHint('/summary ls', commands, true, wrong('range'))).toBe('/summary [last N] · range: what');
    expect(commandHint('/summary last 50 ', commands, true, wrong('count'))).toBe('Anzahl is wrong');
  });

  it('offers the words that a place takes', () => {
    const text = '/summary th';
    expect(placed(text)).toMatchObject({ kind: 'choice', query: 'th', choices: ['last', 'thread'] });
    expect(suggestChoices('th', ['last', 'thread']).map(({ insert }) => insert)).toEqual(['thread ']);
    expect(placed('/summary last 3')).toBeUndefined();
  });

  it('offers people where a place takes one, with and without the sign before a name', () => {
    expect(placed('/kick @Jür')).toMatchObject({ kind: 'person', query: 'jur', from: 6, of: 'room' });
    expect(placed('/kick b')).toMatchObject({ kind: 'person', query: 'b' });
    expect(suggestPeople('b', members).map(({ insert }) => insert)).toEqual(['@ben ']);
    expect(placed('/kick @ben c')).toMatchObject({ kind: 'person', query: 'c', of: 'directory' });
  });

  it('offers the flags of a command, and --public unless it posts anyway', () => {
    expect(placed('/roll_2d6 --')).toMatchObject({ kind: 'choice', choices: ['--loud', '--public'] });
    expect(placed('/kick @ben --p')).toMatchObject({ choices: [] });
  });

  it('says that there is no such command once its name is written, with the nearest names', () => {
    expect(commandHint('/hlep', commands, true)).toBeUndefined();
    expect(commandHint('/hlep ', commands, true)).toBe('There is no command /hlep. Did you mean /help?');
    expect(commandHint('/xyzzy ', commands, true)).toBe('There is no command /xyzzy');
    expect(commandHint('/hlep ', [], true)).toBeUndefined();
  });

  it('shows what the server read, and what it found wrong', () => {
    const reads = [{ argument: 'when', text: 'tomorrow at 09:00 (UTC)' }];
    const missing = { path: 'what', message: 'is missing: what it is', missing: true };
    const hint = (check: CommandCheck) => commandHint('/kick @ben', commands, true, check);
    expect(hint({ fault: null, reads })).toBe('when: tomorrow at 09:00 (UTC)');
    expect(hint({ fault: missing, reads })).toBe('when: tomorrow at 09:00 (UTC) · what is missing: what it is');
    expect(hint({ fault: { path: 'member', message: 'is nobody' }, reads: [] })).toBe('member is nobody');
    expect(hint({ fault: missing, reads: [] })).toMatch(/^\/kick/);
  });

  it('asks the server where a command has times or members, or is wrong, once something is written there', () => {
    const written = ['/kick @ben', '/kick ', '/summary last', '/summary last 3', '/summary last 50', 'hello', '/none x'];
    expect(written.filter((text) => needsCheck(text, commands))).toEqual(['/kick @ben', '/summary last 50']);
  });

  it('says that the bot is off instead, and a text that is no command does not', () => {
    for (const text of ['/', '/summ', '/summary last']) expect(commandHint(text, [], false)).toMatch(/^The bot is off/);
    for (const text of ['', 'hello', '//text', '/usr/bin']) expect(commandHint(text, [], false)).toBeUndefined();
  });
});

describe('suggestions for what is being typed', () => {
  it('put usernames before names, groups last, and take names without their accents', () => {
    expect(suggestMentions('an', members).map(({ key }) => key)).toEqual(['ann', 'ben']);
    const accented = [...members, aMember('jk', 'Jürgen Müller-Å')];
    for (const query of ['jurg', 'mull', 'a']) expect(suggestMentions(query, accented).map(({ key }) => key)).toContain('jk');
    expect(suggestMentions('r', members).map(({ key }) => key)).toEqual(['@room']);
  });

  it('offer commands by their start, and their usage while they are written', () => {
    expect(suggestCommands('su', commands).map(({ key }) => key)).toEqual(['summary']);
    expect(commandInUse('/summary last', commands)?.usage).toBe('/summary [last N]');
    expect(commandInUse('/summary', commands)).toBeUndefined();
  });

  it('offer emoji by their start, then by what is in their name, and one alone when the name is closed', () => {
    expect(suggestEmoji('roc', EMOJI).map(({ label }) => label)).toEqual(['🚀']);
    expect(suggestEmoji('heart', EMOJI).map(({ key }) => key)).toEqual(['heart', 'heart_eyes', 'kissing_heart', 'broken_heart']);
    expect(suggestEmoji('heart:', EMOJI).map(({ insert }) => insert)).toEqual(['❤️ ']);
    expect(new Set(EMOJI.map(({ name }) => name)).size).toBe(EMOJI.length);
  });

  it('replace what was typed and leave one space behind it', () => {
    const text = 'hi @be there';
    const token = tokenAt(text, 6)!;
    const [ben] = suggestMentions('be', members);
    expect(complete(text, token, ben!)).toEqual({ text: 'hi @ben there', caret: 8 });
  });
});
