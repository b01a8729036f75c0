import { Backoff } from './backoff.ts';
import { TypingThrottle } from './typing-throttle.ts';

describe('the wait before a connection is tried again', () => {
  it('doubles its ceiling from half a second to thirty, and starts over', () => {
    const backoff = new Backoff(500, 30_000, () => 1);
    expect(Array.from({ length: 8 }, () => backoff.nextMs())).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    backoff.reset();
    expect(backoff.nextMs()).toBe(500);
  });

  it('waits anything between nothing and the ceiling', () => {
    expect(new Backoff(500, 30_000, () => 0).nextMs()).toBe(0);
  });
});

describe('the sign that somebody types', () => {
  it('repeats every four seconds and tells the end once', () => {
    let now = 0;
    const sent: [string, boolean][] = [];
    const typing = new TypingThrottle(
      (roomId, on) => sent.push([roomId, on]),
      () => now,
    );
    for (; now <= 9000; now += 1000) typing.set('a', true);
    typing.set('a', false);
    typing.set('a', false);
    expect(sent).toEqual([
      ['a', true],
      ['a', true],
      ['a', true],
      ['a', false],
    ]);
  });
});
