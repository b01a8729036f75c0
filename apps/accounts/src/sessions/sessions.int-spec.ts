import { accountEvents, accounts, type Grant, type Origin } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { decodeJwt } from 'jose';
import { PASSWORD, aGrant, aUsername, anAccountsService, anOrigin, type AccountsStack } from '../../test/accounts-stack.ts';

let stack: AccountsStack;
let ended: { sessionId: string; userId: string }[];

const origin = anOrigin();
const refresh = (refreshToken: string, from: Origin = origin) => stack.bus.call(accounts.refresh, { refreshToken, origin: from });
const fromBrowser = (refreshToken: string) => stack.bus.call(accounts.refresh, { refreshToken, origin, fromBrowser: true });
const refusal = (refreshToken: string, from: Origin = origin) => stack.bus.refusal(accounts.refresh, { refreshToken, origin: from });
const sessionIdOf = (grant: Grant) => String(decodeJwt(grant.accessToken)['sid']);
const isActive = async (sessionId: string) => (await stack.bus.call(accounts.checkSession, { sessionId })).active;
const toldEnded = (sessionId: string) => waitFor(() => ended.find((event) => event.sessionId === sessionId), { what: 'sessionEnded' });
const graceIsOver = () =>
  stack.database.query(`update accounts.refresh_tokens set rotated_at = rotated_at - interval '31 seconds' where rotated_at is not null`);

beforeAll(async () => {
  stack = await anAccountsService();
  ended = await stack.bus.hear(accountEvents.sessionEnded);
});
afterAll(cleanUp);

describe('refreshing', () => {
  it('gives a new token each time, in the same session', async () => {
    const first = await aGrant(stack.bus);
    const second = await refresh(first.refreshToken);
    const third = await refresh(second.refreshToken);
    expect(new Set([first, second, third].map((grant) => grant.refreshToken)).size).toBe(3);
    expect(new Set([first, second, third].map(sessionIdOf)).size).toBe(1);
  });

  it('answers two uses at once with one and the same successor', async () => {
    const { refreshToken } = await aGrant(stack.bus);
    const answers = await Promise.all([refresh(refreshToken), refresh(refreshToken), refresh(refreshToken)]);
    expect(new Set(answers.map((grant) => grant.refreshToken)).size).toBe(1);
    expect(await refresh(answers[0]?.refreshToken ?? '')).toMatchObject({ expiresIn: 900 });
  });

  it('answers a browser that comes again, and nobody else', async () => {
    const { refreshToken } = await aGrant(stack.bus);
    const { refreshToken: next } = await fromBrowser(refreshToken);
    expect(await fromBrowser(refreshToken)).toMatchObject({ refreshToken: next });
    expect(await refusal(refreshToken)).toBe('session_revoked');
    expect(await refusal(next)).toBe('session_revoked');
  });

  it('takes a late second use for theft and ends the whole family', async () => {
    const first = await aGrant(stack.bus);
    const second = await refresh(first.refreshToken);
    await graceIsOver();
    const late = { refreshToken: first.refreshToken, origin, fromBrowser: true };
    expect(await stack.bus.refusal(accounts.refresh, late)).toBe('session_revoked');
    expect(await refusal(second.refreshToken)).toBe('session_revoked');
    expect(await isActive(sessionIdOf(first))).toBe(false);
    expect(await toldEnded(sessionIdOf(first))).toMatchObject({ userId: first.user.id });
  });

  it('grants no grace to an older ancestor', async () => {
    const first = await aGrant(stack.bus);
    const third = await refresh((await refresh(first.refreshToken)).refreshToken);
    expect(await refusal(first.refreshToken)).toBe('session_revoked');
    expect(await refusal(third.refreshToken)).toBe('session_revoked');
  });

  it('grants no grace to another client', async () => {
    const first = await aGrant(stack.bus);
    await refresh(first.refreshToken);
    expect(await refusal(first.refreshToken, anOrigin({ address: '203.0.113.9' }))).toBe('session_revoked');
  });

  it('refuses a token that is unknown or too old', async () => {
    const { refreshToken } = await aGrant(stack.bus);
    expect(await refusal('made up')).toBe('unauthenticated');
    await stack.database.query('update accounts.refresh_tokens set expires_at = now()');
    expect(await refusal(refreshToken)).toBe('unauthenticated');
  });
});

describe('a token that was used', () => {
  const expired = (grant: Grant, daysAgo: number) =>
    stack.database.query(
      'update accounts.refresh_tokens set expires_at = now() - make_interval(days => $1) where session_id = $2 and rotated_at is not null',
      [daysAgo, sessionIdOf(grant)],
    );
  const tokensOf = async (grant: Grant) =>
    (await stack.database.query('select 1 from accounts.refresh_tokens where session_id = $1', [sessionIdOf(grant)])).length;

  it('betrays a theft for thirty days after its expiry, then is forgotten while its session lives on', async () => {
    const [stale, forgotten] = [await aGrant(stack.bus), await aGrant(stack.bus)];
    await refresh(stale.refreshToken);
    const current = await refresh(forgotten.refreshToken);
    await expired(stale, 29);
    await expired(forgotten, 31);
    await waitFor(async () => (await tokensOf(forgotten)) === 1, { withinMs: 20_000 });
    expect(await refusal(stale.refreshToken)).toBe('session_revoked');
    expect(await refusal(forgotten.refreshToken)).toBe('unauthenticated');
    expect(await refresh(current.refreshToken)).toMatchObject({ user: { id: forgotten.user.id } });
  }, 25_000);
});

describe('ending a session', () => {
  it('logs out by the refresh token, tells it, and is silent about any other', async () => {
    const grant = await aGrant(stack.bus);
    await stack.bus.call(accounts.logOut, { refreshToken: grant.refreshToken });
    await toldEnded(sessionIdOf(grant));
    expect(await isActive(sessionIdOf(grant))).toBe(false);
    expect(await refusal(grant.refreshToken)).toBe('session_revoked');
    expect(await stack.bus.call(accounts.logOut, { refreshToken: grant.refreshToken })).toEqual({});
    expect(await stack.bus.call(accounts.logOut, { refreshToken: 'made up' })).toEqual({});
  });

  it('lists the sessions of the caller and ends the one named, but nobody else’s', async () => {
    const username = aUsername();
    const phone = await aGrant(stack.bus, { username, origin: anOrigin({ userAgent: 'Phone' }) });
    const laptop = await stack.bus.call(accounts.logIn, { username, password: PASSWORD, origin });
    const stranger = await aGrant(stack.bus);
    const asLaptop = { actorId: phone.user.id, sessionId: sessionIdOf(laptop) };
    const { items } = await stack.bus.rpc.call(accounts.listSessions, {}, asLaptop);
    expect(items.map(({ id, userAgent, current }) => ({ id, userAgent, current }))).toEqual([
      { id: sessionIdOf(laptop), userAgent: 'Firefox', current: true },
      { id: sessionIdOf(phone), userAgent: 'Phone', current: false },
    ]);
    const byStranger = await stack.bus.refusal(accounts.endSession, { sessionId: sessionIdOf(phone) }, stranger.user.id);
    expect(byStranger).toBe('session_not_found');
    await stack.bus.call(accounts.endSession, { sessionId: sessionIdOf(phone) }, phone.user.id);
    await toldEnded(sessionIdOf(phone));
    expect(await isActive(sessionIdOf(phone))).toBe(false);
    expect(await isActive(sessionIdOf(laptop))).toBe(true);
    expect(await stack.bus.refusal(accounts.listSessions, {})).toBe('unauthenticated');
  });
});
