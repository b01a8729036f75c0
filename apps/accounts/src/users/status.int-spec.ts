import { accountEvents, accounts, type User } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { aGrant, anAccountsService, type AccountsStack } from '../../test/accounts-stack.ts';

let stack: AccountsStack;
let told: { userId: string; statusText?: string | undefined }[];

beforeAll(async () => {
  stack = await anAccountsService();
  told = await stack.bus.hear(accountEvents.userUpdated);
});
afterAll(cleanUp);

const soon = (ms = 60_000) => new Date(Date.now() + ms).toISOString();
const update = (user: User, patch: object) => stack.bus.call(accounts.updateMe, patch, user.id);
const refused = (user: User, patch: object) => stack.bus.refusal(accounts.updateMe, patch, user.id);
/** As somebody else looks them up, by id and by name. */
const seen = async (user: User) => {
  const [byId] = (await stack.bus.call(accounts.getUsers, { userIds: [user.id] }, user.id)).items;
  const [byName] = (await stack.bus.call(accounts.findUsers, { query: user.username }, user.id)).items;
  expect(byName).toEqual(byId);
  return byId;
};
/** Time does not pass in a test: the status of somebody ended a moment ago. */
const endStatus = (user: User) =>
  stack.database.query(`update accounts.users set status_until = now() - interval '1 second' where id = $1`, [user.id]);

describe('a status', () => {
  it('has an emoji, words and an end, and others see it with the time zone and are told', async () => {
    const { user } = await aGrant(stack.bus);
    const status = { statusEmoji: '🍕', statusText: 'Lunch', statusUntil: soon(), timeZone: 'Asia/Kathmandu' };
    expect(await update(user, status)).toMatchObject(status);
    expect(await seen(user)).toMatchObject(status);
    expect(await waitFor(() => told.find(({ userId }) => userId === user.id))).toMatchObject(status);
  });

  it('is gone for everybody at its end, and the time zone stays', async () => {
    const { user } = await aGrant(stack.bus);
    await update(user, { statusEmoji: '🍕', statusText: 'Lunch', statusUntil: soon(), timeZone: 'UTC' });
    await endStatus(user);
    const own = await stack.bus.call(accounts.getMe, {}, user.id);
    for (const shown of [own, await seen(user)]) {
      expect(shown?.statusText ?? '').toBe('');
      expect(shown).not.toHaveProperty('statusEmoji');
      expect(shown).not.toHaveProperty('statusUntil');
      expect(shown?.timeZone).toBe('UTC');
    }
  });

  it.each([
    [{ statusText: 'Back' }, { statusText: 'Back' }],
    [{ statusEmoji: '🎧' }, { statusEmoji: '🎧', statusText: '' }],
    [{ displayName: 'Other' }, { displayName: 'Other', statusText: '' }],
  ])('that is over does not come back with %j', async (patch, left) => {
    const { user } = await aGrant(stack.bus);
    await update(user, { statusEmoji: '🍕', statusText: 'Lunch', statusUntil: soon() });
    await endStatus(user);
    const { statusText, statusEmoji, statusUntil, displayName } = await update(user, patch);
    expect({ displayName, statusText, statusEmoji, statusUntil }).toEqual({ displayName: user.displayName, ...left });
  });

  it('without an end has none, whatever the one before had, and another presence leaves the end alone', async () => {
    const { user } = await aGrant(stack.bus);
    const until = soon();
    await update(user, { statusText: 'Lunch', statusUntil: until });
    expect(await update(user, { presence: 'away' })).toMatchObject({ statusUntil: until });
    expect(await update(user, { statusText: 'On leave' })).not.toHaveProperty('statusUntil');
  });

  it('is taken away by empty words and no emoji', async () => {
    const { user } = await aGrant(stack.bus);
    await update(user, { statusEmoji: '🍕', statusText: 'Lunch', timeZone: 'Europe/Berlin' });
    const cleared = await update(user, { statusEmoji: null, statusText: '', statusUntil: null, timeZone: null });
    expect(cleared).toEqual(user);
    expect(Object.keys((await seen(user)) ?? {}).sort()).toEqual(['avatarUrl', 'displayName', 'id', 'presence', 'username']);
  });

  it.each([
    { statusEmoji: 'lunch' },
    { statusEmoji: '🍕🍕' },
    { statusText: 'x'.repeat(101) },
    { statusUntil: 'tomorrow' },
    { timeZone: 'Europe/Atlantis' },
    { statusText: 'Gone', statusUntil: '2020-01-01T00:00:00.000Z' },
  ])('is refused with %j', async (patch) => {
    const { user } = await aGrant(stack.bus);
    expect(await refused(user, patch)).toBe('validation_failed');
  });
});
