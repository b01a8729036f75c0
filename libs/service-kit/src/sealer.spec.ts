import { Sealer } from './sealer.ts';

const aSealer = (digit = 'a', service = 'accounts') => new Sealer({ service, key: digit.repeat(64), setting: 'ACCOUNTS_SECRETS_KEY' });

describe('what is sealed', () => {
  it('opens with the same key for the same place, and tells nothing until then', () => {
    const sealed = aSealer().seal('the secret', 'totp:ann');
    expect(sealed).not.toContain('secret');
    expect(aSealer().open(sealed, 'totp:ann')).toBe('the secret');
    expect(aSealer().seal('the secret', 'totp:ann')).not.toBe(sealed);
  });

  it.each([
    ['with another key', (sealed: string) => aSealer('b').open(sealed, 'totp:ann')],
    ['by another service', (sealed: string) => aSealer('a', 'bot').open(sealed, 'totp:ann')],
    ['for another place', (sealed: string) => aSealer().open(sealed, 'totp:ben')],
    ['when it was changed', (sealed: string) => aSealer().open(`${sealed.slice(0, -4)}AAAA`, 'totp:ann')],
  ])('does not open %s, and says which setting to look at', (_how, open) => {
    expect(() => open(aSealer().seal('the secret', 'totp:ann'))).toThrow('ACCOUNTS_SECRETS_KEY');
  });

  it('does not open when it was never sealed', () => {
    expect(() => aSealer().open('{"d":"plain"}', 'totp:ann')).toThrow('was not sealed');
  });

  it('has a digest that depends on key and place', () => {
    const digests = [aSealer().digest('x', 'ann'), aSealer('b').digest('x', 'ann'), aSealer().digest('x', 'ben')];
    expect(new Set(digests).size).toBe(3);
    expect(aSealer().digest('x', 'ann')).toBe(digests[0]);
  });
});
