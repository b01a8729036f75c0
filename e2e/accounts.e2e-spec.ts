import type { User } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { PASSWORD, Person, request } from './support/person.ts';
import { Socket } from './support/socket.ts';

afterAll(cleanUp);

const logIn = (username: string, password: string, body: object = { tokenTransport: 'body' }) =>
  request<{ user: User; accessToken: string; refreshToken?: string; code?: string }>('POST', '/api/auth/login', {
    body: { username, password, ...body },
  });

describe('accounts', () => {
  let ann: Person;
  beforeAll(async () => {
    ann = await Person.register('ann');
  });

  it('start with credits and the role of a user', async () => {
    const me = await ann.do<User>('GET', '/api/me');
    expect(me).toMatchObject({ username: ann.user.username, role: 'user', credits: 100, presence: 'auto' });
    expect(await ann.do('PATCH', '/api/me', { displayName: 'Ann', statusText: 'thinking' })).toMatchObject({
      displayName: 'Ann',
      statusText: 'thinking',
    });
    expect(await ann.do('GET', '/api/me/credits')).toMatchObject({ balance: 100, held: 0, items: [{ amount: 100 }] });
  });

  it('refuse a taken name and a wrong password', async () => {
    expect(await ann.refusal('POST', '/api/auth/register', { username: ann.user.username, password: PASSWORD })).toEqual([
      409,
      'username_taken',
    ]);
    const wrong = await logIn(ann.user.username, 'not the password');
    const nobody = await logIn('nobody-at-all', 'not the password');
    expect([wrong.status, wrong.body.code, nobody.status, nobody.body.code]).toEqual([401, 'wrong_credentials', 401, 'wrong_credentials']);
  });

  it('keep the address for a new password through a change that the password did not confirm', async () => {
    const bea = await Person.register('bea');
    const email = `${bea.user.username}@example.org`;
    expect(await bea.do('PATCH', '/api/me', { email, currentPassword: PASSWORD })).not.toHaveProperty('recoveryEmail');
    const shown = `new-${email}`;
    expect(await bea.do('PATCH', '/api/me', { email: shown })).toMatchObject({ email: shown, recoveryEmail: email });
    expect(await bea.do('GET', '/api/me')).toMatchObject({ email: shown, recoveryEmail: email });
    expect(await bea.refusal('PATCH', '/api/me', { email: shown, currentPassword: 'not the password' })).toEqual([403, 'wrong_password']);
    expect(await ann.refusal('PATCH', '/api/me', { email })).toEqual([409, 'email_taken']);
  });

  it('rotate refresh tokens and end the family when an old one is used again', async () => {
    const { body: first } = await logIn(ann.user.username, PASSWORD);
    const refresh = (refreshToken: string) =>
      request<{ refreshToken: string; accessToken: string; code: string }>('POST', '/api/auth/refresh', {
        body: { refreshToken, tokenTransport: 'body' },
      });
    const second = await refresh(first.refreshToken!);
    const third = await refresh(second.body.refreshToken);
    expect([second.status, third.status]).toEqual([200, 200]);
    expect((await refresh(first.refreshToken!)).status).toBe(401);
    expect((await refresh(third.body.refreshToken)).status).toBe(401);
    expect((await request('GET', '/api/me', { token: third.body.accessToken })).status).toBe(401);
  });

  it('keep the refresh token in a strict cookie unless asked otherwise', async () => {
    const reply = await logIn(ann.user.username, PASSWORD, {});
    const cookie = reply.headers.get('set-cookie') ?? '';
    expect(reply.body.refreshToken).toBeUndefined();
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Strict/i);
    expect(cookie).toMatch(/Path=\/api\/auth/i);
    const refreshed = await request('POST', '/api/auth/refresh', { headers: { cookie: cookie.split(';')[0]! } });
    expect(refreshed.status).toBe(200);
  });

  it('end a session from the list: its sockets close within a second and its token is worth nothing', async () => {
    const { body: grant } = await logIn(ann.user.username, PASSWORD);
    const socket = await Socket.open();
    socket.send('auth', { token: grant.accessToken });
    await socket.next('ready');
    const { items } = await request<{ items: { id: string; current: boolean }[] }>('GET', '/api/auth/sessions', {
      token: grant.accessToken,
    }).then((reply) => reply.body);
    const session = items.find((item) => item.current)!;
    const endedAt = Date.now();
    expect((await ann.call('DELETE', `/api/auth/sessions/${session.id}`)).status).toBe(204);
    expect(await socket.closed()).toBe(4403);
    expect(Date.now() - endedAt).toBeLessThan(1000);
    expect((await request('GET', '/api/me', { token: grant.accessToken })).status).toBe(401);
  });

  it('log out for good, whatever refresh token comes along', async () => {
    const { body: grant } = await logIn(ann.user.username, PASSWORD);
    const reply = await request('POST', '/api/auth/logout', { token: grant.accessToken, body: { refreshToken: 'not one of ours' } });
    expect(reply.status).toBe(204);
    expect((await request('GET', '/api/me', { token: grant.accessToken })).status).toBe(401);
  });

  it('find people in the directory', async () => {
    const { items } = await ann.do<{ items: { id: string }[] }>('GET', `/api/users?query=${ann.user.username}`);
    expect(items.map((user) => user.id)).toEqual([ann.id]);
  });
});
