import { AppError, accounts } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { v7 as uuidv7 } from 'uuid';
import { Harness } from '../../test/harness.ts';

describe('the refresh token', () => {
  const grant = (refreshToken: string, deviceToken?: string) =>
    ({ user: { id: uuidv7() }, accessToken: 'a', expiresIn: 900, refreshToken, deviceToken }) as never;
  let harness: Harness;
  let seen: string[];

  beforeAll(async () => {
    harness = await Harness.start();
    seen = [];
    harness.services.bus.answer(accounts.logIn, ({ deviceToken }) => {
      if (deviceToken) seen.push(`device ${deviceToken}`);
      return grant('first', 'known');
    });
    harness.services.bus.answer(accounts.refresh, ({ refreshToken, fromBrowser }) => {
      if (refreshToken === 'stolen') throw new AppError('session_revoked');
      seen.push(fromBrowser ? `${refreshToken} of a browser` : refreshToken);
      return grant('second');
    });
    harness.services.bus.answer(accounts.logOut, ({ refreshToken }) => {
      seen.push(`out ${refreshToken}`);
      return {};
    });
    await harness.services.bus.bus.connection.flush();
  });
  afterAll(cleanUp);

  it('is kept in a cookie that only /api/auth gets and no script sees', async () => {
    const reply = await harness.postJson('/api/auth/login', { username: 'ann', password: 'secret-word' });
    expect(reply.status).toBe(200);
    const [cookie] = reply.headers.getSetCookie();
    expect(cookie).toMatch(/^atrium_refresh=first; .*Path=\/api\/auth; HttpOnly; SameSite=Strict$/);
    expect(await reply.json()).not.toHaveProperty('refreshToken');
    const renewed = await harness.postJson(
      '/api/auth/refresh',
      { tokenTransport: 'body' },
      { headers: { cookie: 'atrium_refresh=first' } },
    );
    expect(renewed.headers.get('set-cookie')).toContain('atrium_refresh=second');
    expect(await renewed.json()).not.toHaveProperty('refreshToken');
    expect(seen).toContain('first');
    const headers = { cookie: 'atrium_refresh=first', origin: harness.url };
    await harness.postJson('/api/auth/refresh', {}, { headers });
    await harness.postJson('/api/auth/refresh', { refreshToken: 'mine' }, { headers });
    expect(seen.slice(-2)).toEqual(['first of a browser', 'mine']);
  });

  it('is kept apart from the token of the device, which outlives it and comes back at the next sign-in', async () => {
    const body = { username: 'ann', password: 'secret-word' };
    const reply = await harness.postJson('/api/auth/login', body);
    const device = reply.headers.getSetCookie().find((cookie) => cookie.startsWith('atrium_device='));
    expect(device).toMatch(/^atrium_device=known; Max-Age=15552000; Path=\/api\/auth; HttpOnly; SameSite=Strict$/);
    expect(await reply.json()).not.toHaveProperty('deviceToken');
    await harness.postJson('/api/auth/login', body, { headers: { cookie: 'atrium_device=known' } });
    expect(seen.at(-1)).toBe('device known');
    const given = await harness.postJson('/api/auth/login', { ...body, deviceToken: 'mine', tokenTransport: 'body' });
    expect(await given.json()).toMatchObject({ deviceToken: 'known' });
    expect(seen.at(-1)).toBe('device mine');
  });

  it('travels in the body for a client that cannot keep cookies', async () => {
    const reply = await harness.postJson('/api/auth/login', { username: 'ann', password: 'secret-word', tokenTransport: 'body' });
    expect(reply.headers.get('set-cookie')).toBeNull();
    expect(await reply.json()).toMatchObject({ refreshToken: 'first' });
    const renewed = await harness.postJson('/api/auth/refresh', { refreshToken: 'mine' });
    expect(await renewed.json()).toMatchObject({ refreshToken: 'second' });
  });

  it('is not taken from other sites, and forgotten when it is revoked', async () => {
    const headers = { cookie: 'atrium_refresh=first', origin: 'https://evil.example' };
    expect(await (await harness.postJson('/api/auth/refresh', {}, { headers })).json()).toMatchObject({ status: 403, code: 'forbidden' });
    const revoked = await harness.postJson('/api/auth/refresh', {}, { headers: { cookie: 'atrium_refresh=stolen' } });
    expect(revoked.headers.get('set-cookie')).toContain('atrium_refresh=;');
    expect(await revoked.json()).toMatchObject({ status: 401, code: 'session_revoked' });
  });

  it('is forgotten when the client signs out', async () => {
    const reply = await harness.fetch('/api/auth/logout', { method: 'POST', headers: { cookie: 'atrium_refresh=first' } });
    expect(reply.status).toBe(204);
    expect(reply.headers.get('set-cookie')).toContain('atrium_refresh=;');
    expect(seen).toContain('out first');
  });
});
