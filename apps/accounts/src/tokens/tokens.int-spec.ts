import { accountEvents, accounts, type Scope } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { createHash } from 'node:crypto';
import { aGrant, anAccountsService, type AccountsStack } from '../../test/accounts-stack.ts';

let stack: AccountsStack;
let userId: string;

beforeAll(async () => {
  stack = await anAccountsService();
});
beforeEach(async () => {
  userId = (await aGrant(stack.bus)).user.id;
});
afterAll(cleanUp);

const create = (draft: { scopes?: Scope[]; expiresAt?: string } = {}, role: 'user' | 'admin' = 'user') =>
  stack.bus.rpc.call(accounts.createToken, { name: 'script', scopes: ['rooms:read'], ...draft }, { actorId: userId, actorRole: role });
const check = (token: string) =>
  stack.bus.call(accounts.checkToken, { tokenHash: createHash('sha256').update(token).digest('hex') }).then(({ token: found }) => found);

describe('a personal access token', () => {
  it('is shown once, kept as a hash, and says when it was used last', async () => {
    const { token, ...made } = await create({ scopes: ['rooms:read', 'messages:write', 'rooms:read'] });
    expect(made).toMatchObject({ name: 'script', scopes: ['rooms:read', 'messages:write'], expiresAt: null, lastUsedAt: null });
    const stored = await stack.database.query('select * from accounts.access_tokens where id = $1', [made.id]);
    expect(JSON.stringify(stored)).not.toContain(token);
    expect(await check(token)).toMatchObject({ id: made.id, userId, role: 'user', scopes: ['rooms:read', 'messages:write'] });
    const { items } = await stack.bus.call(accounts.listTokens, {}, userId);
    expect(items).toEqual([{ ...made, lastUsedAt: expect.any(String) as string }]);
  });

  it('ends when it is revoked, which gateways are told like the end of a session', async () => {
    const { token, id } = await create();
    const ended = await stack.bus.hear(accountEvents.sessionEnded);
    await stack.bus.call(accounts.revokeToken, { tokenId: id }, userId);
    expect(await check(token)).toBeNull();
    await waitFor(() => ended.some(({ sessionId }) => sessionId === id));
  });

  it('is its owner’s alone to see and to revoke', async () => {
    const { token, id } = await create();
    const { user: other } = await aGrant(stack.bus);
    expect(await stack.bus.refusal(accounts.revokeToken, { tokenId: id }, other.id)).toBe('token_not_found');
    expect((await stack.bus.call(accounts.listTokens, {}, other.id)).items).toEqual([]);
    expect(await check(token)).not.toBeNull();
  });

  it('works until it expires, which is in the future when it is made', async () => {
    const { token, id } = await create({ expiresAt: new Date(Date.now() + 60_000).toISOString() });
    expect(await check(token)).not.toBeNull();
    await stack.database.query('update accounts.access_tokens set expires_at = now() where id = $1', [id]);
    expect(await check(token)).toBeNull();
    const past = { name: 'late', scopes: ['rooms:read'], expiresAt: new Date(Date.now() - 1000).toISOString() };
    expect(await stack.bus.refusal(accounts.createToken, past, userId)).toBe('validation_failed');
  });

  it('for the admin interface is made for admins alone', async () => {
    expect(await stack.bus.refusal(accounts.createToken, { name: 'x', scopes: ['admin'] }, userId)).toBe('forbidden');
    await expect(create({ scopes: ['admin'] }, 'admin')).resolves.toMatchObject({ scopes: ['admin'] });
  });

  it('is refused without a scope, and as the fifty-first', async () => {
    expect(await stack.bus.refusal(accounts.createToken, { name: 'x', scopes: [] }, userId)).toBe('validation_failed');
    await stack.database.query(
      `insert into accounts.access_tokens (id, user_id, token_hash, name, scopes)
       select gen_random_uuid(), $1, encode(sha256(random()::text::bytea), 'hex'), 'x', '{rooms:read}' from generate_series(1, 50)`,
      [userId],
    );
    expect(await stack.bus.refusal(accounts.createToken, { name: 'x', scopes: ['rooms:read'] }, userId)).toBe('too_many_tokens');
  });
});
