import { guardSubjects } from './sign-in-guard.ts';

describe('what the failures of an attempt are counted by', () => {
  const attempt = (changes: object) => guardSubjects({ userId: '1', login: 'ann', address: '192.0.2.7', device: null, ...changes });

  it('is the account, under its username or e-mail, and the address with ten times as many', () => {
    expect(attempt({})).toEqual(attempt({ login: 'ann@example.org' }));
    expect(attempt({}).map(({ limit }) => limit)).toEqual([10, 100]);
  });

  it('is an unknown name by itself, in any case, without keeping it', () => {
    const [name] = attempt({ userId: null, login: 'Nobody' });
    expect(name).toEqual(attempt({ userId: null, login: 'nobody', address: '192.0.2.8' })[0]);
    expect(name).not.toEqual(attempt({ userId: null, login: 'somebody' })[0]);
    expect(name!.name.toLowerCase()).not.toContain('nobody');
  });

  it('is the device alone when this person signed in from it before', () => {
    expect(attempt({ device: 'd' })).toEqual([{ name: 'device:d:1', limit: 10 }]);
    expect(attempt({ device: 'd', userId: '2' })).not.toEqual(attempt({ device: 'd' }));
  });
});
