import { Providers } from './providers.ts';
import { usernameFrom } from './username-from.ts';

describe('the username of who comes from a provider', () => {
  it.each([
    ['Ann.Bell@example.org', 'ann.bell'],
    ['José Ñandú', 'jose-nandu'],
    ['--x--', 'person'],
    ['', 'person'],
    ['王小明', 'person'],
    ['a'.repeat(60), 'a'.repeat(24)],
  ])('is made of %j', (said, username) => {
    expect(usernameFrom(said)).toBe(username);
  });
});

describe('the setting of providers', () => {
  const one = { id: 'corp', name: 'Corp', issuer: 'https://id.example.org', clientId: 'atrium', clientSecret: 's' };

  it('is a list in JSON, empty when it is not there', () => {
    expect(Providers.parse(undefined)).toEqual([]);
    expect(Providers.parse(JSON.stringify([one]))).toEqual([one]);
  });

  it.each([
    ['is no JSON', '{'],
    ['has an id twice', JSON.stringify([one, one])],
    ['has an id that fits no address', JSON.stringify([{ ...one, id: 'my corp' }])],
    ['lacks a secret', JSON.stringify([{ ...one, clientSecret: undefined }])],
  ])('is refused when it %s', (_what, text) => {
    expect(Providers.safeParse(text).success).toBe(false);
  });
});
