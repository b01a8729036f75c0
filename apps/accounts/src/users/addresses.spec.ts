import { recoveryAddressOf, showing, type Addresses } from './addresses.ts';

const counting = (email: string | null): Addresses => ({ email, emailRecovers: true, recoveryEmail: null });
const shown = (email: string | null, recoveryEmail: string | null): Addresses => ({ email, emailRecovers: false, recoveryEmail });

describe('the address that links for a new password go to', () => {
  it.each([
    ['another', 'new@example.org', counting('old@example.org'), 'old@example.org'],
    ['none', null, counting('old@example.org'), 'old@example.org'],
    ['a third', 'third@example.org', shown('new@example.org', 'old@example.org'), 'old@example.org'],
    ['the first', 'new@example.org', counting(null), null],
    ['the one shown, once more,', 'new@example.org', shown('new@example.org', null), null],
    ['the same in capitals', 'OLD@example.org', counting('old@example.org'), 'old@example.org'],
  ])('stays what it was when %s is shown without the password', (_what, email, before, recovery) => {
    const after = showing(email, before, false);
    expect([after.email, recoveryAddressOf(after)]).toEqual([email, recovery]);
  });

  it.each([
    ['another', 'new@example.org', counting('old@example.org')],
    ['none', null, counting('old@example.org')],
    ['the one shown', 'new@example.org', shown('new@example.org', 'old@example.org')],
  ])('is %s when it was confirmed with the password', (_what, email, before) => {
    expect(showing(email, before, true)).toEqual(counting(email));
  });

  it('is shown again without the password, as nothing moves by that', () => {
    expect(showing('old@example.org', shown('new@example.org', 'old@example.org'), false)).toEqual(counting('old@example.org'));
  });
});
