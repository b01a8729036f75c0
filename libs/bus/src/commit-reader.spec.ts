import { encodeCommit, encodeTimeline } from '@atrium/contracts';
import { v7 as uuidv7 } from 'uuid';
import { commitReader } from './commit-reader.ts';
import type { TimelineBatch } from './decorators.ts';

const [one, two] = [uuidv7(), uuidv7()];
const aCommit = (id: string, ...rooms: [roomId: string, seq: number][]) => ({
  id,
  subject: 'log.commits',
  attempt: 1,
  text: encodeCommit(
    rooms.map(([roomId, seq]) => encodeTimeline({ roomId, fromSeq: seq, toSeq: seq }, [JSON.stringify({ seq, body: 'two\nlines' })])),
  ),
});
const seqOf = ({ entries }: TimelineBatch) => entries[0]!.seq;

describe('a reader of commits', () => {
  it('gets what each room gained, under the id of the commit', async () => {
    const read: TimelineBatch[] = [];
    await commitReader(async (batch) => void read.push(batch))(aCommit('c', [one, 1], [two, 7]));
    expect(read).toEqual([
      { id: 'c', roomId: one, entries: [{ seq: 1, body: 'two\nlines' }] },
      { id: 'c', roomId: two, entries: [{ seq: 7, body: 'two\nlines' }] },
    ]);
  });

  it('gets the commits of one room in order, while another room goes ahead', async () => {
    const read: string[] = [];
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const take = commitReader(async (batch) => {
      if (batch.roomId === one && seqOf(batch) === 1) await held;
      read.push(`${batch.roomId === one ? 'one' : 'two'} ${seqOf(batch)}`);
    });
    const first = take(aCommit('a', [one, 1], [two, 1]));
    const second = take(aCommit('b', [one, 2]));
    await take(aCommit('c', [two, 2]));
    release();
    await Promise.all([first, second]);
    expect(read).toEqual(['two 1', 'two 2', 'one 1', 'one 2']);
  });

  it('fails as a whole when one room fails, and goes on with what follows', async () => {
    const read: number[] = [];
    const take = commitReader(async (batch) => {
      if (seqOf(batch) === 1) throw new Error('not now');
      read.push(seqOf(batch));
    });
    await expect(take(aCommit('a', [one, 1], [two, 5]))).rejects.toThrow('not now');
    await take(aCommit('b', [one, 2]));
    expect(read).toEqual([5, 2]);
  });

  it('is spared plain messages that it does not want, and gets all else', async () => {
    const read: number[] = [];
    const take = commitReader(
      async (batch) => void read.push(seqOf(batch)),
      async (entries, roomId) => roomId === one && entries.includes('wanted'),
    );
    const entry = (seq: number, body: string, plain?: boolean) =>
      encodeTimeline({ roomId: one, fromSeq: seq, toSeq: seq, plain }, [JSON.stringify({ seq, body })]);
    const text = encodeCommit([entry(1, 'chat', true), entry(2, 'wanted', true), entry(3, 'chat', false), entry(4, 'chat')]);
    await take({ id: 'a', subject: 'log.commits', attempt: 1, text });
    expect(read).toEqual([2, 3, 4]);
  });
});
