import { MemoryCounter } from './limiter.ts';

describe('a rate limit that this process counts by itself', () => {
  let now = 1_000_000;
  const counter = new MemoryCounter(() => now);

  it('lets as many through as its window holds, and says when the next window begins', async () => {
    const rule = { limit: 3, windowSeconds: 60 };
    expect(await counter.hitWindow('a', rule)).toEqual({ allowed: true, remaining: 2, resetSeconds: 60 });
    await counter.hitWindow('a', rule);
    now += 20_000;
    expect(await counter.hitWindow('a', rule)).toEqual({ allowed: true, remaining: 0, resetSeconds: 40 });
    expect(await counter.hitWindow('a', rule)).toMatchObject({ allowed: false });
    expect(await counter.hitWindow('b', rule)).toMatchObject({ allowed: true });
    now += 40_000;
    expect(await counter.hitWindow('a', rule)).toMatchObject({ allowed: true, remaining: 2 });
  });

  it('lets a burst through at once, and then no more than its pace', async () => {
    const rule = { burst: 20, perSecond: 1 };
    for (let index = 0; index < 20; index++)
      expect(await counter.hitBucket('s', rule)).toMatchObject({ allowed: true, remaining: 19 - index });
    expect(await counter.hitBucket('s', rule)).toEqual({ allowed: false, remaining: 0, resetSeconds: 1 });
    now += 1000;
    expect(await counter.hitBucket('s', rule)).toMatchObject({ allowed: true });
    expect(await counter.hitBucket('s', rule)).toMatchObject({ allowed: false });
    now += 60_000;
    expect(await counter.hitBucket('s', rule)).toMatchObject({ allowed: true, remaining: 19 });
  });
});
