import { batchOfEntries, removalAt, slice, textsOf, type Batch } from './batch.ts';
import { TimelineOrder } from './order.ts';

const aBatch = (from: number, to = from): Batch =>
  batchOfEntries(
    Array.from({ length: to - from + 1 }, (_, index) => JSON.stringify({ seq: from + index, type: 'message.created' })),
    from,
  );
const seqs = (batches: Batch[]) => batches.flatMap((batch) => (JSON.parse(`[${batch.text}]`) as { seq: number }[]).map(({ seq }) => seq));

describe('the order of a room', () => {
  it('passes on what follows and drops what was passed on before', () => {
    const order = new TimelineOrder();
    order.start(3);
    expect(seqs(order.accept(aBatch(4, 5)))).toEqual([4, 5]);
    expect(order.accept(aBatch(4, 5))).toEqual([]);
    expect(order.accept(aBatch(2))).toEqual([]);
    expect(order.position).toBe(5);
  });

  it('holds what came early until the gap is filled, and says what is missing', () => {
    const order = new TimelineOrder();
    order.start(0);
    expect(order.accept(aBatch(5))).toEqual([]);
    expect(order.accept(aBatch(3))).toEqual([]);
    expect(order.gap).toEqual({ after: 0, until: 2 });
    expect(seqs(order.accept(aBatch(1, 2)))).toEqual([1, 2, 3]);
    expect(order.gap).toEqual({ after: 3, until: 4 });
    expect(seqs(order.accept(aBatch(4)))).toEqual([4, 5]);
    expect(order.gap).toBeUndefined();
  });

  it('keeps everything until it is told where the room stands', () => {
    const order = new TimelineOrder();
    expect(order.accept(aBatch(8))).toEqual([]);
    expect(order.accept(aBatch(6, 7))).toEqual([]);
    expect(order.gap).toBeUndefined();
    expect(seqs(order.start(6))).toEqual([7, 8]);
  });

  it('cuts off the part of a batch that was passed on before', () => {
    const order = new TimelineOrder();
    order.start(4);
    expect(seqs(order.accept(aBatch(3, 7)))).toEqual([5, 6, 7]);
  });

  it('never passes on anything twice or out of order, however the batches come', () => {
    for (let round = 0; round < 200; round++) {
      const order = new TimelineOrder();
      const batches = shuffled([aBatch(1, 3), aBatch(2), aBatch(4), aBatch(5, 9), aBatch(7, 10), aBatch(10, 12), aBatch(11)]);
      const startAt = Math.floor(Math.random() * batches.length);
      const passed: Batch[] = [];
      batches.forEach((batch, index) => {
        if (index === startAt) passed.push(...order.start(0));
        passed.push(...order.accept(batch));
      });
      expect(seqs(passed)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    }
  });
});

describe('a batch of entries', () => {
  const entries = [
    { seq: 5, type: 'message.created' },
    { seq: 6, type: 'member.kicked', userId: 'bob' },
    { seq: 7, type: 'room.updated', room: { archivedAt: '2026-01-01T00:00:00.000Z' } },
  ];
  const batch = batchOfEntries(
    entries.map((entry) => JSON.stringify(entry)),
    5,
  );

  it('knows who lost the room with it, and whether the room was archived', () => {
    expect(batch).toMatchObject({ from: 5, to: 7, removed: [{ userId: 'bob', seq: 6 }], archived: true });
    expect(removalAt(batch, 6)).toEqual({ reason: 'kicked' });
  });

  it('is refused when an entry is missing in the middle, before the first or for another', () => {
    const encoded = (...numbers: number[]) => numbers.map((seq) => JSON.stringify({ seq, type: 'message.created' }));
    expect(() => batchOfEntries(encoded(5, 7), 5)).toThrow('entry 6 is missing');
    expect(() => batchOfEntries(encoded(6, 7), 5)).toThrow('entry 5 is missing');
    expect(() => batchOfEntries(encoded(5, 5), 5)).toThrow('entry 6 is missing');
    expect(batchOfEntries([], 5)).toMatchObject({ from: 5, to: 4, text: '' });
  });

  it('says why and until when a member was banned, and takes the room from no one who was not in it', () => {
    const until = '2030-01-01T00:00:00.000Z';
    const bans = batchOfEntries(
      [
        JSON.stringify({ seq: 5, type: 'member.banned', userId: 'bob', reason: 'spam', until, wasMember: true }),
        JSON.stringify({ seq: 6, type: 'member.banned', userId: 'eve', reason: 'spam', until: null, wasMember: false }),
      ],
      5,
    );
    expect(bans.removed).toEqual([{ userId: 'bob', seq: 5 }]);
    expect(removalAt(bans, 5)).toEqual({ reason: 'banned', words: 'spam', until });
  });

  it('is sliced at both ends', () => {
    expect(slice(batch, 4)).toBe(batch);
    expect(slice(batch, 5, 6)).toMatchObject({ from: 6, to: 6, removed: [{ userId: 'bob', seq: 6 }], archived: false });
    expect(slice(batch, 7)).toBeUndefined();
    expect(slice(batch, 0, 4)).toBeUndefined();
  });

  it('is cut into parts by bytes, with an entry that is larger alone', () => {
    const long = [5, 6, 7, 8].map((seq) => ({ seq, type: 'message.created', body: '😀'.repeat(seq === 7 ? 100 : 20) }));
    const encoded = long.map((entry) => JSON.stringify(entry));
    expect([...textsOf(batchOfEntries(encoded, 5), 300)]).toEqual([`${encoded[0]},${encoded[1]}`, encoded[2], encoded[3]]);
    expect([...textsOf(batch, 10_000)]).toEqual([batch.text]);
  });
});

function shuffled<T>(items: T[]): T[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
