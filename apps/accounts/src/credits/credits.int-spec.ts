import { accountEvents, accounts } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { aGrant, anAccountsService, type AccountsStack } from '../../test/accounts-stack.ts';

let stack: AccountsStack;
let told: { userId: string; balance: number; held: number }[];

const aUserId = async (balance = 100): Promise<string> => {
  const { user } = await aGrant(stack.bus);
  if (balance !== 100) await spend(user.id, { key: 'setup', amount: 100 - balance });
  return user.id;
};
const hold = (key: string, amount = 1) => ({ key, amount, reason: 'question', ref: 'file 1' });
const reserve = (userId: string, key: string, amount = 1) => stack.bus.call(accounts.reserveCredits, hold(key, amount), userId);
const commit = (userId: string, key: string, amount = 1) => stack.bus.call(accounts.commitCredits, { key, amount }, userId);
const release = (userId: string, key: string) => stack.bus.call(accounts.releaseCredits, { key }, userId);
const spend = async (userId: string, { key, amount }: { key: string; amount: number }) => {
  await reserve(userId, key, amount);
  await commit(userId, key, amount);
};
const funds = (userId: string) => stack.bus.call(accounts.getCredits, {}, userId);
const lapse = () => stack.database.query(`update accounts.credit_reservations set expires_at = now() where state = 'held'`);
const differences = () =>
  stack.database.query(`select user_id from accounts.credit_accounts a
    where balance <> (select coalesce(sum(amount), 0) from accounts.credit_entries e where e.user_id = a.user_id)`);

beforeAll(async () => {
  stack = await anAccountsService();
  told = await stack.bus.hear(accountEvents.creditsChanged);
});
afterEach(async () => expect(await differences()).toEqual([]));
afterAll(cleanUp);

describe('credits', () => {
  it('are held while reserved and leave the balance when committed', async () => {
    const userId = await aUserId();
    expect(await reserve(userId, 'a', 3)).toEqual({ creditsLeft: 97 });
    expect(await funds(userId)).toMatchObject({ balance: 100, held: 3 });
    expect(await stack.bus.call(accounts.getMe, {}, userId)).toMatchObject({ credits: 97 });
    expect(await commit(userId, 'a', 2)).toEqual({ creditsLeft: 98 });
    expect(await funds(userId)).toMatchObject({
      balance: 98,
      held: 0,
      items: [
        { amount: -2, reason: 'question', ref: 'file 1' },
        { amount: 100, reason: 'welcome', ref: null },
      ],
    });
    await waitFor(() => told.filter((event) => event.userId === userId).length === 2);
    expect(told.filter((event) => event.userId === userId)).toEqual([
      { userId, balance: 100, held: 3, version: 1 },
      { userId, balance: 98, held: 0, version: 2 },
    ]);
  });

  it('come back when released, once, and silently when there is nothing to give back', async () => {
    const userId = await aUserId();
    await reserve(userId, 'a', 3);
    expect(await release(userId, 'a')).toEqual({ creditsLeft: 100 });
    expect(await release(userId, 'a')).toEqual({ creditsLeft: 100 });
    expect(await release(userId, 'never reserved')).toEqual({ creditsLeft: 100 });
  });

  it('let exactly one of twenty parallel reserves have the last one', async () => {
    const userId = await aUserId(1);
    await stack.startAnother();
    const keys = Array.from({ length: 20 }, (_, i) => `key ${i}`);
    const codes = await Promise.all(
      keys.map((key) =>
        reserve(userId, key).then(
          () => 'reserved',
          (error: { code: string }) => error.code,
        ),
      ),
    );
    expect(codes.filter((code) => code === 'reserved')).toHaveLength(1);
    expect(codes.filter((code) => code === 'insufficient_credits')).toHaveLength(19);
    expect(await funds(userId)).toMatchObject({ balance: 1, held: 1 });
  });

  it('answer a repeat like the first call, also side by side', async () => {
    const userId = await aUserId();
    await Promise.all([reserve(userId, 'a', 5), reserve(userId, 'a', 5), reserve(userId, 'a', 5)]);
    expect(await funds(userId)).toMatchObject({ balance: 100, held: 5 });
    await Promise.all([commit(userId, 'a', 5), commit(userId, 'a', 5), commit(userId, 'a', 5)]);
    expect(await funds(userId)).toMatchObject({ balance: 95, held: 0 });
    expect(await reserve(userId, 'a', 5)).toEqual({ creditsLeft: 95 });
    expect(await funds(userId)).toMatchObject({ balance: 95, held: 0 });
  });

  it('are refused where a key ended, holds less, or belongs to somebody else', async () => {
    const userId = await aUserId();
    const stranger = await aUserId();
    await reserve(userId, 'a', 2);
    const refusedCommit = (actorId: string, key: string, amount = 1) => stack.bus.refusal(accounts.commitCredits, { key, amount }, actorId);
    expect(await refusedCommit(userId, 'a', 3)).toBe('reservation_conflict');
    expect(await refusedCommit(stranger, 'a')).toBe('reservation_conflict');
    expect(await refusedCommit(userId, 'unknown')).toBe('reservation_conflict');
    expect(await stack.bus.refusal(accounts.reserveCredits, hold('a', 3), userId)).toBe('reservation_conflict');
    await release(userId, 'a');
    expect(await refusedCommit(userId, 'a')).toBe('reservation_conflict');
    expect(await stack.bus.refusal(accounts.reserveCredits, hold('a', 2), userId)).toBe('reservation_conflict');
  });

  it('fall free when a reservation is forgotten, and cannot be spent of it any more', async () => {
    const userId = await aUserId(1);
    await reserve(userId, 'a');
    expect(await stack.bus.refusal(accounts.reserveCredits, hold('b'), userId)).toBe('insufficient_credits');
    await lapse();
    expect(await funds(userId)).toMatchObject({ balance: 1, held: 0 });
    expect(await stack.bus.refusal(accounts.commitCredits, { key: 'a', amount: 1 }, userId)).toBe('reservation_conflict');
    expect(await reserve(userId, 'b')).toEqual({ creditsLeft: 0 });
  });

  it('are listed newest first, page by page', async () => {
    const userId = await aUserId();
    for (const key of ['a', 'b', 'c']) await spend(userId, { key, amount: 1 });
    const first = await stack.bus.call(accounts.getCredits, { limit: 3 }, userId);
    expect(first.items.map((entry) => entry.amount)).toEqual([-1, -1, -1]);
    const second = await stack.bus.call(accounts.getCredits, { limit: 3, cursor: first.nextCursor ?? '' }, userId);
    expect(second).toMatchObject({ items: [{ amount: 100 }], nextCursor: null });
    expect(await stack.bus.refusal(accounts.getCredits, { cursor: 'nonsense' }, userId)).toBe('validation_failed');
  });
});
