import { InOrder } from './in-order.ts';

describe('work on one thing', () => {
  it('begins when what was asked before has ended, also where that failed, and waits for nothing else', async () => {
    const order = new InOrder();
    const begun: string[] = [];
    const ends: (() => void)[] = [];
    const work =
      (name: string, fails = false) =>
      () => {
        begun.push(name);
        return new Promise<string>((resolve, reject) => ends.push(() => (fails ? reject(new Error(name)) : resolve(name))));
      };
    const first = order.run('room', work('first', true));
    const second = order.run('room', work('second'));
    const other = order.run('other', work('other'));
    expect(begun).toEqual(['first', 'other']);
    ends[0]!();
    await expect(first).rejects.toThrow('first');
    expect(begun).toEqual(['first', 'other', 'second']);
    ends[1]!();
    ends[2]!();
    expect(await Promise.all([second, other])).toEqual(['second', 'other']);
  });
});
