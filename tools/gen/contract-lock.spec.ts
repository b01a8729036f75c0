import { z } from 'zod';
import { breaksOf, lockOf, type Locked } from './contract-lock.ts';

const Room = { name: z.string().max(80), topic: z.string().optional(), visibility: z.enum(['public', 'private']) };
/** A small contract with one of each kind; `changes` replaces parts of it. */
function contract({
  input = Room,
  output = Room,
  frame = { seq: z.int() },
}: Partial<Record<'input' | 'output' | 'frame', z.ZodRawShape>> = {}): Locked {
  return {
    rpcs: { rooms: { create: { subject: 'rpc.rooms.create', input: z.object(input), output: z.object(output) } } },
    told: [{ subject: 'events.rooms.created', payload: z.object(output) }],
    jobs: [{ queue: 'rooms.tidy', payload: z.object(output) }],
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
    ['removes a field of a job that may wait', { output: without('topic') }, 'job rooms.tidy output topic is gone'],
    ['removes a field of an event', { output: without('visibility') }, 'events.rooms.created output visibility is gone'],
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
