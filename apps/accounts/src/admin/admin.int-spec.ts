import { accountEvents, accounts, type User } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { createHash } from 'node:crypto';
import { PASSWORD, aGrant, aUsername, anAccountsService, anOrigin, type AccountsStack } from '../../test/accounts-stack.ts';

const CODE = 'open-sesame-42-please';
let stack: AccountsStack;
let root: User;
let ann: User;

beforeAll(async () => {
  stack = await anAccountsService({ ACCOUNTS_ADMINS: 'root', ACCOUNTS_ADMIN_CODE: CODE });
  root = (await aGrant(stack.bus, { username: 'root', adminCode: CODE })).user;
});
beforeEach(async () => {
  ann = (await aGrant(stack.bus, { displayName: 'Ann' })).user;
});
afterAll(cleanUp);

const asRoot = () => ({ actorId: root.id, actorRole: 'admin' as const });
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );
const update = (userId: string, change: { role?: 'user' | 'admin'; disabled?: boolean }, as = asRoot()) =>
  stack.bus.rpc.call(accounts.adminUpdateUser, { userId, reason: 'asked for', ...change }, as);
const logIn = (username: string) => stack.bus.call(accounts.logIn, { username, password: PASSWORD, origin: anOrigin() });
const auditOf = async (targetId: string) => (await stack.bus.rpc.call(accounts.adminAudit, { targetId }, asRoot())).items;
const sessionOf = (accessToken: string) =>
  (JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()) as { sid: string }).sid;

describe('the accounts that admins see', () => {
  it('are found by name, role and state, page by page, newest first', async () => {
    const tag = `t${Date.now()}`;
    for (const n of [1, 2, 3]) await aGrant(stack.bus, { username: `${tag}-${n}` });
    const list = (input: object) => stack.bus.rpc.call(accounts.adminUsers, { query: tag, ...input }, asRoot());
    const first = await list({ limit: 2 });
    expect(first.items.map(({ username }) => username)).toEqual([`${tag}-3`, `${tag}-2`]);
    const second = await list({ limit: 2, cursor: first.nextCursor! });
    expect(second).toMatchObject({ items: [{ username: `${tag}-1`, credits: 100, sessions: 1, disabledAt: null }], nextCursor: null });
    await update(second.items[0]!.id, { disabled: true });
    expect((await list({ disabled: 'true' })).items.map(({ username }) => username)).toEqual([`${tag}-1`]);
    expect((await list({ role: 'admin' })).items).toEqual([]);
    expect((await list({ query: '%' })).items).toEqual([]);
    expect(await codeOf(list({ cursor: 'nonsense' }))).toBe('validation_failed');
  });

  it.each([
    ['adminUsers', {}],
    ['adminUser', { userId: '01900000-0000-7000-8000-000000000000' }],
    ['adminUpdateUser', { userId: '01900000-0000-7000-8000-000000000000', role: 'admin', reason: 'x' }],
    ['adminGrantCredits', { userId: '01900000-0000-7000-8000-000000000000', amount: 1, reason: 'x' }],
    ['adminSignOut', { userId: '01900000-0000-7000-8000-000000000000', reason: 'x' }],
    ['adminCredits', {}],
    ['adminAudit', {}],
    ['adminStats', { from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z', stepSeconds: 3600 }],
  ] as const)('are not there for who is no admin: %s', async (name, input) => {
    expect(await stack.bus.refusal(accounts[name], input, ann.id)).toBe('not_found');
    expect(await stack.bus.refusal(accounts[name], input)).toBe('unauthenticated');
  });
});

describe('a role', () => {
  it('is given and taken by an admin, each with its line in the log', async () => {
    const told = await stack.bus.hear(accountEvents.userRoleChanged);
    expect(await update(ann.id, { role: 'admin' })).toMatchObject({ role: 'admin' });
    const asAnn = { actorId: ann.id, actorRole: 'admin' as const };
    expect((await stack.bus.rpc.call(accounts.adminUser, { userId: ann.id }, asAnn)).role).toBe('admin');
    expect(await update(ann.id, { role: 'user' })).toMatchObject({ role: 'user' });
    expect(await auditOf(ann.id)).toMatchObject([
      { service: 'accounts', actorId: root.id, action: 'user.role_changed', reason: 'asked for', details: { from: 'admin', to: 'user' } },
      { action: 'user.role_changed', details: { from: 'user', to: 'admin' } },
    ]);
    await waitFor(() => told.filter(({ userId }) => userId === ann.id).length === 2);
    // A gateway that has not heard yet vouches for a role that is gone.
    expect(await codeOf(update(root.id, { role: 'user' }, asAnn))).toBe('not_found');
  });

  it('stays with the last admin who can sign in', async () => {
    expect(await codeOf(update(root.id, { role: 'user' }))).toBe('last_admin');
    expect(await codeOf(update(root.id, { disabled: true }))).toBe('last_admin');
    expect(await auditOf(root.id)).toEqual([]);
  });

  it('changes with a reason, to something, of somebody', async () => {
    expect(await codeOf(stack.bus.rpc.call(accounts.adminUpdateUser, { userId: ann.id, role: 'admin', reason: ' ' }, asRoot()))).toBe(
      'validation_failed',
    );
    expect(await codeOf(update(ann.id, {}))).toBe('validation_failed');
    expect(await codeOf(update('01900000-0000-7000-8000-000000000000', { role: 'admin' }))).toBe('user_not_found');
  });
});

describe('a disabled account', () => {
  it('has no session, opens none, and is told to those who must know', async () => {
    const { user, accessToken } = await aGrant(stack.bus);
    const ended = await stack.bus.hear(accountEvents.sessionEnded);
    const disabled = await stack.bus.hear(accountEvents.userDisabled);
    const shut = await update(user.id, { disabled: true });
    expect(shut).toMatchObject({ disabledReason: 'asked for', sessions: 0, disabledAt: expect.any(String) as string });
    expect(await codeOf(logIn(user.username))).toBe('account_disabled');
    const sessionId = sessionOf(accessToken);
    expect(await stack.bus.call(accounts.checkSession, { sessionId })).toMatchObject({ active: false });
    await waitFor(() => ended.some((event) => event.sessionId === sessionId));
    await waitFor(() => disabled.some((event) => event.userId === user.id && event.disabled));
    const found = await stack.bus.call(accounts.findUsers, { query: user.username }, ann.id);
    expect(found.items).toEqual([]);
  });

  it('opens again as it was when it is restored', async () => {
    await update(ann.id, { disabled: true });
    expect(await update(ann.id, { disabled: false })).toMatchObject({ disabledAt: null, disabledReason: null });
    expect((await logIn(ann.username)).user.id).toBe(ann.id);
    expect((await auditOf(ann.id)).map(({ action }) => action)).toEqual(['user.restored', 'user.disabled']);
  });

  it('lets nobody in by an access token', async () => {
    const { token } = await stack.bus.call(accounts.createToken, { name: 'script', scopes: ['rooms:read'] }, ann.id);
    const check = () => stack.bus.call(accounts.checkToken, { tokenHash: createHash('sha256').update(token).digest('hex') });
    expect((await check()).token).not.toBeNull();
    await update(ann.id, { disabled: true });
    expect((await check()).token).toBeNull();
  });

  it('wrong passwords say nothing about', async () => {
    await update(ann.id, { disabled: true });
    const guess = { username: ann.username, password: 'not my password', origin: anOrigin({ address: '198.51.100.77' }) };
    expect(await stack.bus.refusal(accounts.logIn, guess)).toBe('wrong_credentials');
  });
});

describe('signing somebody out everywhere', () => {
  it('ends sessions and access tokens, and lets them sign in again', async () => {
    const { user, accessToken } = await aGrant(stack.bus);
    await stack.bus.call(accounts.createToken, { name: 'script', scopes: ['rooms:read'] }, user.id);
    await stack.bus.rpc.call(accounts.adminSignOut, { userId: user.id, reason: 'lost laptop' }, asRoot());
    expect(await stack.bus.call(accounts.checkSession, { sessionId: sessionOf(accessToken) })).toMatchObject({ active: false });
    expect((await stack.bus.call(accounts.listTokens, {}, user.id)).items).toEqual([]);
    expect((await logIn(user.username)).user.id).toBe(user.id);
    expect(await auditOf(user.id)).toMatchObject([{ action: 'user.signed_out', reason: 'lost laptop' }]);
  });
});

describe('credits of an admin', () => {
  const grant = (input: { amount: number; idempotencyKey?: string; reason?: string }) =>
    stack.bus.rpc.call(accounts.adminGrantCredits, { userId: ann.id, reason: 'prize', ...input }, asRoot());

  it('are added once for each key, and stand in the ledger and in the log', async () => {
    const idempotencyKey = aUsername();
    await Promise.all([grant({ amount: 25, idempotencyKey }), grant({ amount: 25, idempotencyKey })]);
    expect(await grant({ amount: 25, idempotencyKey })).toMatchObject({ credits: 125 });
    expect(await codeOf(grant({ amount: 26, idempotencyKey }))).toBe('idempotency_conflict');
    const ledger = await stack.bus.rpc.call(accounts.adminCredits, { userId: ann.id, limit: 1 }, asRoot());
    expect(ledger.items).toMatchObject([{ userId: ann.id, amount: 25, reason: 'prize' }]);
    const next = await stack.bus.rpc.call(accounts.adminCredits, { userId: ann.id, cursor: ledger.nextCursor! }, asRoot());
    expect(next.items).toMatchObject([{ amount: 100, reason: 'welcome' }]);
    expect(await auditOf(ann.id)).toMatchObject([{ action: 'user.credits_granted', details: { amount: 25 } }]);
  });

  it.each([0, -5, 1.5, 1_000_001])('are a whole number that is not too large, unlike %p', async (amount) => {
    expect(await codeOf(grant({ amount }))).toBe('validation_failed');
  });
});

describe('the audit log of accounts', () => {
  it('is filtered by who, what and when, and read backwards', async () => {
    await update(ann.id, { disabled: true });
    await update(ann.id, { disabled: false });
    const audit = (filter: object) => stack.bus.rpc.call(accounts.adminAudit, { targetId: ann.id, ...filter }, asRoot());
    const { items } = await audit({});
    expect((await audit({ action: 'user.disabled' })).items).toEqual([items[1]]);
    expect((await audit({ action: 'user' })).items).toEqual(items);
    expect((await audit({ action: 'user.dis' })).items).toEqual([]);
    expect((await audit({ actorId: ann.id })).items).toEqual([]);
    expect((await audit({ from: '2100-01-01' })).items).toEqual([]);
    expect((await audit({ before: items[0]!.id })).items).toEqual([items[1]]);
  });

  it('is never changed, nor emptied', async () => {
    await update(ann.id, { disabled: true });
    await expect(stack.database.query(`update accounts.audit set reason = 'another'`)).rejects.toThrow('append-only');
    await expect(stack.database.query('delete from accounts.audit')).rejects.toThrow('append-only');
    await expect(stack.database.query('truncate accounts.audit')).rejects.toThrow('append-only');
  });
});

describe('the figures of accounts', () => {
  it('count people at the end of each step, and what each step brought', async () => {
    const now = Date.now();
    const range = { from: new Date(now - 3 * 3_600_000).toISOString(), to: new Date(now + 1000).toISOString(), stepSeconds: 3600 };
    const { series } = await stack.bus.rpc.call(accounts.adminStats, range, asRoot());
    const [{ people } = { people: 0 }] = await stack.database.query<{ people: number }>('select count(*)::int people from accounts.users');
    const of = (name: string) => series.find((one) => one.name === name)!.points.map(({ value }) => value);
    expect(of('people').at(-1)).toBe(people);
    expect(of('registrations').reduce((a, b) => a + b)).toBe(people);
    expect(of('people').length).toBeGreaterThanOrEqual(3);
  });
});
