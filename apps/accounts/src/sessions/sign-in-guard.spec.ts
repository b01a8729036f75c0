import { guardSubjects } from './sign-in-guard.ts';

describe('guardSubjects', () => {
  it('counts username and e-mail of one account together', () => {
    expect(guardSubjects('1', 'ann', '192.0.2.7').account).toBe(guardSubjects('1', 'ann@example.org', '192.0.2.7').account);
  });

  it('counts an unknown name by itself, in any case, without keeping it', () => {
    const { account } = guardSubjects(null, 'Nobody', '192.0.2.7');
    expect(account).toBe(guardSubjects(null, 'nobody', '192.0.2.8').account);
    expect(account).not.toBe(guardSubjects(null, 'somebody', '192.0.2.7').account);
    expect(account.toLowerCase()).not.toContain('nobody');
  });
});
