import { argumentAt, nearestNames, readArguments } from './command-arguments.ts';
import type { Command } from './commands.schema.ts';

const command: Command = {
  name: 'water',
  description: 'Waters plants.',
  usage: '/water [now | later <count> | who <member>] [what]',
  arguments: [
    { name: 'mode', description: 'when', type: 'choice', choices: ['now', 'later', 'who', 'at', 'for'], required: false },
    {
      name: 'count',
      description: 'how often',
      type: 'number',
      min: 1,
      max: 9,
      required: true,
      where: { argument: 'mode', says: ['later'] },
    },
    { name: 'member', description: 'by whom', type: 'member', required: true, where: { argument: 'mode', says: ['who'] } },
    { name: 'time', description: 'when', type: 'time', required: true, where: { argument: 'mode', says: ['at'] } },
    {
      name: 'span',
      description: 'how long',
      type: 'duration',
      min: 1000,
      max: 86_400_000,
      required: true,
      where: { argument: 'mode', says: ['for'] },
    },
    {
      name: 'what',
      description: 'the plants',
      type: 'text',
      separator: '|',
      max: 12,
      required: false,
      where: { argument: 'mode', says: [null, 'later', 'at'] },
    },
  ],
  flags: [{ name: 'warm', description: 'with warm water' }],
  allowedRoles: ['member'],
};
const at = new Date(0);
const read = (args: string) =>
  readArguments(command, args, (text) => (text.startsWith('noon') ? { at, length: 4 } : { fault: 'is no time' }));

describe('The arguments of a command', () => {
  it('are read by the kind that its description gives them', () => {
    expect(read('later 3 roses | ferns')).toMatchObject({ values: { mode: 'later', count: 3, what: ['roses', 'ferns'] }, fault: null });
    expect(read('WHO @Ann')).toMatchObject({ values: { mode: 'who', member: 'ann' }, fault: null });
    expect(read('at noon roses')).toMatchObject({ values: { mode: 'at', time: { at }, what: ['roses'] }, fault: null });
    expect(read('for 2 hours')).toMatchObject({ values: { span: 7_200_000 }, fault: null });
    expect(read('')).toMatchObject({ values: {}, fault: null });
  });

  it.each([
    ['1h30m', 5_400_000],
    ['1h 30m', 5_400_000],
    ['2 hours 5 min 10s', 7_510_000],
    ['1.5h', 5_400_000],
    ['0,5 hours', 1_800_000],
  ])('take a duration of several parts or with a fraction: %s', (written, span) => {
    expect(read(`for ${written}`)).toMatchObject({ values: { span }, fault: null });
  });

  it('read no more into a duration than its parts, each smaller than the one before', () => {
    expect(read('for 5m 3d printers')).toMatchObject({ values: { span: 300_000 }, fault: { path: 'span' } });
  });

  it.each([
    [String.raw`a \| b | c`, ['a | b', 'c']],
    [String.raw`a\\ | b`, [String.raw`a\\`, 'b']],
    ['玫瑰｜蕨', ['玫瑰', '蕨']],
  ])('are parted by a bar of any width, but not by one after a backslash: %j', (written, what) => {
    expect(read(written).values['what']).toEqual(what);
  });

  it('may leave out a choice where the next place takes what is written', () => {
    expect(read('roses')).toMatchObject({ values: { what: ['roses'] }, fault: null });
  });

  it('may hold the command’s own flags and --public anywhere, and no others', () => {
    const { values, flags } = read('--warm later 2 roses --public');
    expect(values['what']).toEqual(['roses']);
    expect([...flags].sort()).toEqual(['public', 'warm']);
    expect(read('roses --cold').values['what']).toEqual(['roses --cold']);
  });

  it.each([
    ['later', 'count'],
    ['later many', 'count'],
    ['later 0', 'count'],
    ['later 10', 'count'],
    ['who not/a/name', 'member'],
    ['at sunset', 'time'],
    ['for ever', 'span'],
    ['for 2 days', 'span'],
    ['for 0m', 'span'],
    ['roses | a very long name', 'what'],
    ['\u200b', 'what'],
    ['now roses', 'mode'],
  ])('that are wrong name the place at fault: %j', (args, path) => {
    expect(read(args).fault?.path).toBe(path);
  });

  it.each([
    ['for 2 days', { kind: 'duration', max: 86_400_000 }],
    ['for 0m', { kind: 'duration', min: 1000 }],
    ['later 10', { kind: 'number', min: 1, max: 9 }],
    ['later', { kind: 'missing', description: 'how often' }],
    ['at sunset', { kind: 'time', fault: 'is no time' }],
    ['now roses', { kind: 'more', rest: 'roses' }],
    ['roses | a very long name', { kind: 'long', max: 12, inParts: true }],
  ])('that are wrong tell in what way: %j', (args, reason) => {
    expect(read(args).fault).toMatchObject(reason);
  });

  it('that are a list have empty parts where nobody would see anything, and parts of one line', () => {
    expect(read('roses | \u200b\u00ad | red\nferns').values['what']).toEqual(['roses', '', 'red ferns']);
  });

  it('are known by their place while they are being written', () => {
    expect(argumentAt(command, '')?.name).toBe('mode');
    expect(argumentAt(command, 'la')?.name).toBe('mode');
    expect(argumentAt(command, 'later ')?.name).toBe('count');
    expect(argumentAt(command, 'later 3 ro')?.name).toBe('what');
    expect(argumentAt(command, 'who @a')?.name).toBe('member');
    expect(argumentAt(command, 'who @ann ')).toBeUndefined();
    expect(argumentAt(command, 'roses and ')?.name).toBe('what');
  });
});

describe('The names nearest to one that is not known', () => {
  const known = ['dm', 'help', 'status', 'summary', 'remind', 'poll', 'who'];

  it.each([
    ['sumary', 'summary'],
    ['hlep', 'help'],
    ['stat', 'status'],
    ['pol', 'poll'],
    ['reminder', 'remind'],
    ['rem', 'remind'],
    ['md', 'dm'],
  ])('of %j begin with %j', (name, nearest) => expect(nearestNames(name, known)[0]).toBe(nearest));

  it('have something in common with it', () => expect(nearestNames('rem', known)).toEqual(['remind']));

  it('are none where nothing is near', () => expect(nearestNames('xyzzy', known)).toEqual([]));
});
