import { skinTones, withTone } from './skin-tone.ts';

describe('a skin tone', () => {
  it('is put where the emoji takes one', () => {
    expect(withTone('👍', '🏽')).toBe('👍🏽');
    expect(withTone('✌️', '🏽')).toBe('✌🏽');
    expect(withTone('👍', '')).toBe('👍');
  });

  it.each(['❤️', '🎉', '🚀'])('is left out where it does not: %s', (sign) => {
    for (const tone of skinTones) expect(withTone(sign, tone)).toBe(sign);
  });
});
