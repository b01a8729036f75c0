import { SignOfLife } from './sign-of-life.ts';

describe('a sign of life', () => {
  let now = 0;
  const aSign = () => new SignOfLife(15_000, () => now);
  const ask = (sign: SignOfLife) => () => sign.require('no canary');

  it('is not missed before it had its time', () => {
    const sign = aSign();
    now += 15_000;
    expect(ask(sign)).not.toThrow();
  });

  it('is missed once there was none for too long, and said to be', () => {
    const sign = aSign();
    now += 16_500;
    expect(ask(sign)).toThrow('no canary for 16 s');
  });

  it('counts from the last one', () => {
    const sign = aSign();
    now += 16_000;
    sign.seen();
    now += 10_000;
    expect(ask(sign)).not.toThrow();
  });
});
