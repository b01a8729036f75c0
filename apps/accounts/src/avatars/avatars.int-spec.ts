import { accountEvents, accounts } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { aGrant, aWebp, anAccountsService, type AccountsStack } from '../../test/accounts-stack.ts';

let stack: AccountsStack;
const set = (webp: string | null, userId: string) => stack.bus.call(accounts.setAvatar, { webp }, userId);
const get = (url = '') => stack.bus.call(accounts.getAvatar, { avatarId: url.split('/').at(-1) });

beforeAll(async () => {
  stack = await anAccountsService();
});
afterAll(cleanUp);

describe('a picture of a person', () => {
  it('is kept under an address of its own, shown to all, and told to who shows people', async () => {
    const { user } = await aGrant(stack.bus);
    const told = await stack.bus.hear(accountEvents.userUpdated);
    const { avatarUrl } = await set(aWebp('first'), user.id);
    expect(await get(avatarUrl)).toEqual({ webp: aWebp('first') });
    const { items } = await stack.bus.call(accounts.getUsers, { userIds: [user.id] }, user.id);
    expect(items[0]).toMatchObject({ avatarUrl });
    await waitFor(() => told.some((fact) => fact.userId === user.id && fact.avatarUrl === avatarUrl));
  });

  it('has a new address when it changes, and none once it is taken away', async () => {
    const { user } = await aGrant(stack.bus);
    const first = await set(aWebp('first'), user.id);
    const second = await set(aWebp('second'), user.id);
    expect(second.avatarUrl).not.toBe(first.avatarUrl);
    await expect(get(first.avatarUrl)).rejects.toMatchObject({ code: 'not_found' });
    expect(await set(null, user.id)).not.toHaveProperty('avatarUrl');
    await expect(get(second.avatarUrl)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is chosen among those that the person uploaded, and from no other place of this server', async () => {
    const [{ user }, other] = [await aGrant(stack.bus), await aGrant(stack.bus)];
    const { avatarUrl } = await set(aWebp('mine'), user.id);
    const theirs = await set(aWebp('theirs'), other.user.id);
    const choose = (url: string | undefined) => stack.bus.call(accounts.updateMe, { avatarUrl: url }, user.id);
    expect(await choose(avatarUrl)).toMatchObject({ avatarUrl });
    for (const elsewhere of ['/api/auth/oidc/corp', '/api/me/export', '/api/openapi.json', theirs.avatarUrl])
      await expect(choose(elsewhere)).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('is refused when it is not what the gateway makes', async () => {
    const { user } = await aGrant(stack.bus);
    expect(await stack.bus.refusal(accounts.setAvatar, { webp: Buffer.from('<svg>').toString('base64') }, user.id)).toBe(
      'unsupported_media_type',
    );
  });
});
