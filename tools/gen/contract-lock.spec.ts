import { z } from 'zod';
import { breaksOf, lockOf, type Locked } from './contract-lock.ts';

const Room = { name: z.string().max(80), topic: z.string().optional(), visibility: z.enum(['public', 'private']) };
/** A small contract with one of each kind; `changes` replaces parts of it. */
function contract({
  input = Room,
  output = Room,
  told = Room,
  frame = { seq: z.int() },
}: Partial<Record<'input' | 'output' | 'told' | 'frame', z.ZodRawShape>> = {}): Locked {
  return {
    rpcs: { rooms: { create: { subject: 'rpc.rooms.create', input: z.object(input), output: z.object(output) } } },
    told: [{ subject: 'events.rooms.created', payload: z.object(told) }],
    jobs: [{ queue: 'rooms.tidy', payload: z.object(told) }],
    clientFrames: { read: z.object(frame) },
    serverFrames: {},
  };
}
const locked = lockOf(contract());
const breaks = (changes: Parameters<typeof contract>[0]) => breaksOf(locked, lockOf(contract(changes)));
const without = (key: keyof typeof Room) => Object.fromEntries(Object.entries(Room).filter(([name]) => name !== key)) as z.ZodRawShape;

describe('a change of the contracts', () => {
  it('is taken when it adds what nobody has to send or to know', () => {
    expect(breaks({})).toEqual([]);
    expect(breaks({ input: { ...Room, lobby: z.boolean().optional() }, output: { ...Room, lobby: z.boolean() } })).toEqual([]);
    expect(breaks({ told: { ...Room, lobby: z.boolean().default(false), owner: z.string().optional() } })).toEqual([]);
    expect(breaks({ input: { ...Room, name: z.string().max(100), visibility: z.enum(['public', 'private', 'secret']) } })).toEqual([]);
  });

  it('is taken when it takes null beside what it took, which it may not send', () => {
    const hours = z.object({ from: z.string().max(5), to: z.string() });
    const before = lockOf(contract({ input: { hours }, output: { hours } }));
    const found = (input: z.ZodType, output: z.ZodType = hours) =>
      breaksOf(before, lockOf(contract({ input: { hours: input }, output: { hours: output } })));
    expect(found(hours.nullable())).toEqual([]);
    expect(found(hours.omit({ to: true }).nullable())).toEqual([expect.stringContaining('input hours to is gone')]);
    expect(found(hours.extend({ from: z.string().max(4) }).nullable())).toEqual([expect.stringContaining('input hours from is narrower')]);
    expect(found(hours, hours.nullable())).not.toEqual([]);
  });

  it.each([
    ['removes a field that readers know', { output: without('name') }, 'rpc.rooms.create output name is gone'],
    ['removes a field of a job that may wait', { told: without('topic') }, 'job rooms.tidy output topic is gone'],
    ['removes a field of an event', { told: without('visibility') }, 'events.rooms.created output visibility is gone'],
    ['removes a field that senders send', { input: without('topic') }, 'rpc.rooms.create input topic is gone'],
    ['demands what was not sent before', { input: { ...Room, lobby: z.boolean() } }, 'rpc.rooms.create input lobby is required now'],
    ['sends less surely', { output: { ...Room, name: z.string().optional() } }, 'rpc.rooms.create output name may be missing now'],
    ['takes shorter text', { input: { ...Room, name: z.string().max(40) } }, 'rpc.rooms.create input name is narrower'],
    [
      'takes fewer values',
      { input: { ...Room, visibility: z.enum(['public']) } },
      'rpc.rooms.create input visibility no longer takes "private"',
    ],
    ['changes a type', { frame: { seq: z.string() } }, 'frame read input seq was integer and is string'],
  ])('is refused when it %s, with what to do instead', (_what, changes, words) => {
    const found = breaks(changes);
    expect(found.some((text) => text.startsWith(words) && text.includes(': '))).toBe(true);
  });

  it.each([
    ['takes shorter text', { ...Room, name: z.string().max(40) }, 'input name is narrower'],
    ['takes fewer values', { ...Room, visibility: z.enum(['public']) }, 'input visibility no longer takes "private"'],
    ['demands what was not told', { ...Room, lobby: z.boolean() }, 'input lobby is required now'],
    ['demands what was not always told', { ...Room, topic: z.string() }, 'input topic is required now'],
    ['may leave out what readers count on', { ...Room, name: z.string().optional() }, 'output name may be missing now'],
    ['may be null', { ...Room, name: z.string().max(80).nullable() }, 'output name was string and is string,null'],
  ])('is refused in an event or a job that %s: old and new services read each other', (_what, told, words) => {
    for (const name of ['events.rooms.created', 'job rooms.tidy'])
      expect(breaks({ told })).toContainEqual(expect.stringContaining(`${name} ${words}`));
  });

  const choice = z.union([z.object({ id: z.string() }), z.object({ name: z.string().max(80) })]);
  const kinds = z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') }), z.object({ kind: z.literal('b'), x: z.int() })]);
  it.each([
    ['pattern', z.string(), z.string().regex(/^a/)],
    ['other pattern', z.string().regex(/^[a-z]+$/), z.string().regex(/^[a-c]+$/)],
    ['second pattern', z.string().regex(/a/), z.string().regex(/a/).regex(/b/)],
    ['format', z.string(), z.uuid()],
    ['list of values', z.string(), z.enum(['a', 'b'])],
    ['single value of two', z.enum(['a', 'b']), z.literal('a')],
    ['lower bound that is left out', z.number(), z.number().gt(0)],
    ['upper bound that is left out', z.number(), z.number().lt(10)],
    ['negative lower bound', z.number(), z.number().min(-5)],
    ['step', z.number(), z.number().multipleOf(5)],
    ['whole number', z.number(), z.int()],
    ['refusal of other fields', z.object({ a: z.string() }), z.strictObject({ a: z.string() })],
    ['pattern of keys', z.record(z.string(), z.string()), z.record(z.string().regex(/^a/), z.string())],
    ['limit of the values', z.record(z.string(), z.string()), z.record(z.string(), z.string().max(5))],
    ['limit in a place', z.tuple([z.string(), z.string()]), z.tuple([z.string(), z.string().max(5)])],
    ['number of places', z.tuple([z.string()]), z.tuple([z.string(), z.string()])],
    ['limit in a list', z.array(z.string()), z.array(z.string().max(5))],
    ['least number in a list', z.array(z.string()), z.array(z.string()).min(1)],
    ['limit in a choice that no field tells', choice, z.union([z.object({ id: z.string() }), z.object({ name: z.string().max(5) })])],
    ['choice of one of two', choice, z.object({ id: z.string() })],
    ['choice of one of two kinds', kinds, z.object({ kind: z.literal('a') })],
    ['choice without null', z.string().nullable(), z.string()],
    ['limit in a choice with null', z.string().nullable(), z.string().max(5).nullable()],
  ])('is refused when an input gets a %s', (_what, wide, narrow) => {
    const change = (from: z.ZodType, to: z.ZodType) =>
      breaksOf(lockOf(contract({ input: { value: from } })), lockOf(contract({ input: { value: to } })));
    expect(change(wide, narrow)).not.toEqual([]);
    expect(change(narrow, narrow)).toEqual([]);
    expect(change(wide, wide)).toEqual([]);
  });

  it('is taken when an input takes more than before', () => {
    const change = (from: z.ZodType, to: z.ZodType) =>
      breaksOf(lockOf(contract({ input: { value: from } })), lockOf(contract({ input: { value: to } })));
    expect(change(z.string().max(5), z.string())).toEqual([]);
    expect(change(z.string().regex(/^a/), z.string())).toEqual([]);
    expect(change(z.enum(['a']), z.string())).toEqual([]);
    expect(change(z.string(), z.union([z.string(), z.int()]))).toEqual([]);
    expect(change(z.object({ id: z.string() }), choice)).toEqual([]);
    expect(change(z.object({ name: z.string().max(80) }), choice)).toEqual([]);
    expect(change(z.object({ kind: z.literal('a') }), kinds)).toEqual([]);
    expect(change(z.strictObject({ a: z.string() }), z.object({ a: z.string() }))).toEqual([]);
    expect(change(z.number().gt(0), z.number())).toEqual([]);
  });

  it('is looked at inside alternatives, by the field that tells them apart', () => {
    const entries = (...types: z.ZodObject[]) => ({ output: { entry: z.union(types as [z.ZodObject, z.ZodObject]).nullable() } });
    const [joined, left] = [
      z.object({ type: z.literal('joined'), userId: z.string() }),
      z.object({ type: z.literal('left'), userId: z.string() }),
    ];
    const before = lockOf(contract(entries(joined, left)));
    const found = (changed: Parameters<typeof contract>[0]) => breaksOf(before, lockOf(contract(changed))).join();
    expect(found(entries(left, joined))).toBe('');
    expect(found(entries(joined, left.omit({ userId: true })))).toContain('(type left) userId is gone');
    expect(found(entries(joined, joined))).toContain('(type left) is gone');
  });

  it('is refused when a call, an event, a job or a frame is gone', () => {
    const gone = lockOf({ rpcs: {}, told: [], jobs: [], clientFrames: {}, serverFrames: {} });
    expect(breaksOf(locked, gone)).toHaveLength(Object.keys(locked).length);
  });
});
