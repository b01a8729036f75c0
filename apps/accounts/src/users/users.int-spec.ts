import { accountEvents, accounts } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { aGrant, anAccountsService, type AccountsStack } from '../../test/accounts-stack.ts';

let stack: AccountsStack;
let told: { userId: string; displayName: string }[];

beforeAll(async () => {
  stack = await anAccountsService();
  told = await stack.bus.hear(accountEvents.userUpdated);
});
afterAll(cleanUp);

describe('the own account', () => {
  it('shows what was changed, and tells others what they may know', async () => {
    const { user } = await aGrant(stack.bus, { username: 'ann', email: 'ann@example.org' });
    const patch = { displayName: 'Ann B.', statusText: 'away till noon', presence: 'dnd' };
    const changed = await stack.bus.call(accounts.updateMe, patch, user.id);
    expect(changed).toEqual({ ...user, ...patch });
    expect(await stack.bus.call(accounts.getMe, {}, user.id)).toEqual(changed);
    const event = await waitFor(() => told.find((update) => update.userId === user.id));
    expect(event).toEqual({
      userId: user.id,
      version: 1,
      username: 'ann',
      displayName: 'Ann B.',
      avatarUrl: null,
      presence: 'dnd',
      statusText: 'away till noon',
    });
  });

  it('numbers what it tells of a person, and tells it again to whoever asks', async () => {
    const { user } = await aGrant(stack.bus);
    const since = new Date(Date.now() - 1000).toISOString();
    for (const displayName of ['One', 'Two', 'Two', 'Three']) await stack.bus.call(accounts.updateMe, { displayName }, user.id);
    const { items } = await stack.bus.call(accounts.facts, { key: user.id, after: 1 });
    expect(items.map(({ version, payload }) => [version, payload['displayName']])).toEqual([
      [2, 'Two'],
      [3, 'Three'],
    ]);
    expect((await stack.bus.call(accounts.factHeads, { since })).items).toContainEqual({ key: user.id, version: 3 });
  });

  it('refuses an e-mail of somebody else, an empty name, and nobody', async () => {
    const { user } = await aGrant(stack.bus, { email: 'one@example.org' });
    await aGrant(stack.bus, { email: 'two@example.org' });
    const refused = (patch: object) => stack.bus.refusal(accounts.updateMe, patch, user.id);
    expect(await refused({ email: 'TWO@example.org' })).toBe('email_taken');
    expect(await refused({ displayName: '  ' })).toBe('validation_failed');
    expect(await stack.bus.refusal(accounts.getMe, {})).toBe('unauthenticated');
  });

  it.each([
    'https://example.org/a.png',
    'http://example.org/api/a.png',
    '//example.org/a.png',
    '/\\example.org/a.png',
    '/api//example.org/a.png',
    '/api/../../example.org',
    '/api/\t/example.org',
    'data:image/svg+xml,<svg/>',
    'javascript:alert(1)',
    'api/a.png',
  ])('takes no picture that readers would fetch elsewhere: %s', async (avatarUrl) => {
    const { user } = await aGrant(stack.bus);
    expect(await stack.bus.refusal(accounts.updateMe, { avatarUrl }, user.id)).toBe('validation_failed');
  });
});

describe('the directory', () => {
  it('finds by name, best match first, page by page, and shows nothing private', async () => {
    const { user } = await aGrant(stack.bus, { username: 'kim', email: 'kim@example.org' });
    await aGrant(stack.bus, { username: 'kimberly' });
    await aGrant(stack.bus, { username: 'zoe', displayName: 'Kim Zoe' });
    await aGrant(stack.bus, { username: 'hakim' });
    const find = (input: object) => stack.bus.call(accounts.findUsers, input, user.id);
    const first = await find({ query: 'Kim', limit: 3 });
    expect(first.items.map((found) => found.username)).toEqual(['kim', 'kimberly', 'zoe']);
    const second = await find({ query: 'Kim', limit: 3, cursor: first.nextCursor ?? '' });
    expect(second.items.map((found) => found.username)).toEqual(['hakim']);
    expect(second.nextCursor).toBeNull();
    expect(Object.keys(first.items[0] ?? {}).sort()).toEqual(['avatarUrl', 'displayName', 'id', 'presence', 'username']);
    expect((await find({ query: '%' })).items).toEqual([]);
    expect(await stack.bus.refusal(accounts.findUsers, { query: 'kim' })).toBe('unauthenticated');
    expect(await stack.bus.refusal(accounts.findUsers, { cursor: 'nonsense' }, user.id)).toBe('validation_failed');
  });

  it('gives the users asked for, each once, and leaves out the unknown', async () => {
    const { user } = await aGrant(stack.bus);
    const unknown = '01900000-0000-7000-8000-000000000000';
    const { items } = await stack.bus.call(accounts.getUsers, { userIds: [user.id, user.id, unknown] }, user.id);
    expect(items.map((found) => found.id)).toEqual([user.id]);
  });
});
