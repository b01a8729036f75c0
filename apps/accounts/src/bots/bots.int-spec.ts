import { accountEvents, accounts, type BotAccount } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { createHash } from 'node:crypto';
import { PASSWORD, aGrant, aWebp, anAccountsService, anOrigin, type AccountsStack } from '../../test/accounts-stack.ts';

let stack: AccountsStack;
let ownerId: string;
let made = 0;

beforeAll(async () => {
  stack = await anAccountsService();
});
beforeEach(async () => {
  ownerId = (await aGrant(stack.bus)).user.id;
});
afterAll(cleanUp);

const create = (draft: object = {}, actorId = ownerId): Promise<BotAccount & { token: string }> =>
  stack.bus.call(accounts.createBot, { name: `Deployer ${++made}`, ...draft }, actorId);
const check = async (token: string) =>
  (await stack.bus.call(accounts.checkToken, { tokenHash: createHash('sha256').update(token).digest('hex') })).token;
const list = async () => (await stack.bus.call(accounts.bots, {}, ownerId)).items;
const anAdmin = async () => {
  const { user } = await aGrant(stack.bus);
  await stack.database.query(`update accounts.users set role = 'admin' where id = $1`, [user.id]);
  return user.id;
};
const setDisabled = (adminId: string, userId: string, disabled: boolean) =>
  stack.bus.rpc.call(accounts.adminUpdateUser, { userId, disabled, reason: 'test' }, { actorId: adminId, actorRole: 'admin' });

describe('a bot of somebody’s own', () => {
  it('has an account with a badge, a username from its name, a token that is told once, and no credits', async () => {
    const { token, ...bot } = await create({ name: 'Déploy Bot!' });
    expect(bot).toMatchObject({
      username: 'deploy-bot',
      name: 'Déploy Bot!',
      tokens: [{ scopes: ['rooms:read', 'messages:read', 'messages:write'] }],
    });
    expect(await check(token)).toMatchObject({ userId: bot.id, role: 'user', bot: true });
    expect(await list()).toEqual([{ ...bot, tokens: [expect.objectContaining({ id: bot.tokens[0]!.id })] }]);
    const { items } = await stack.bus.call(accounts.findUsers, { query: 'deploy-bot' }, ownerId);
    expect(items).toMatchObject([{ id: bot.id, bot: true }]);
    expect(await stack.bus.call(accounts.getMe, {}, bot.id)).toMatchObject({ credits: 0, bot: true });
  });

  it('is nobody’s to sign in to', async () => {
    const { username } = await create();
    const attempt = { username, password: PASSWORD, origin: anOrigin() };
    expect(await stack.bus.refusal(accounts.logIn, attempt)).toBe('wrong_credentials');
  });

  it('is its owner’s alone to see, change, give tokens and remove; it sees itself', async () => {
    const { id, tokens } = await create();
    const other = (await aGrant(stack.bus)).user.id;
    expect((await stack.bus.call(accounts.bot, { botId: id }, id)).id).toBe(id);
    expect(await stack.bus.refusal(accounts.bot, { botId: id }, other)).toBe('bot_not_found');
    expect(await stack.bus.refusal(accounts.updateBot, { botId: id, name: 'Mine' }, other)).toBe('bot_not_found');
    expect(await stack.bus.refusal(accounts.createBotToken, { botId: id }, other)).toBe('bot_not_found');
    expect(await stack.bus.refusal(accounts.revokeBotToken, { botId: id, tokenId: tokens[0]!.id }, other)).toBe('bot_not_found');
    expect(await stack.bus.refusal(accounts.removeBot, { botId: id }, other)).toBe('bot_not_found');
    expect(await stack.bus.refusal(accounts.removeBot, { botId: id }, id)).toBe('bot_not_found');
    const changed = await stack.bus.call(accounts.updateBot, { botId: id, name: 'Renamed bot', description: 'Deploys.' }, ownerId);
    expect(changed).toMatchObject({ name: 'Renamed bot', description: 'Deploys.' });
  });

  it('has the picture that its owner gives it, told to who shows people', async () => {
    const { id } = await create();
    const other = (await aGrant(stack.bus)).user.id;
    const webp = aWebp('of a bot');
    const told = await stack.bus.hear(accountEvents.userUpdated);
    expect(await stack.bus.refusal(accounts.setBotAvatar, { botId: id, webp }, other)).toBe('bot_not_found');
    const { avatarUrl } = await stack.bus.call(accounts.setBotAvatar, { botId: id, webp }, ownerId);
    expect(await stack.bus.call(accounts.getAvatar, { avatarId: avatarUrl!.split('/').at(-1)! })).toEqual({ webp });
    await waitFor(() => told.some((fact) => fact.userId === id && fact.avatarUrl === avatarUrl));
    expect(await stack.bus.call(accounts.setBotAvatar, { botId: id, webp: null }, ownerId)).toMatchObject({ avatarUrl: null });
  });

  it('has tokens for what its owner says, which are revoked one by one, and never for the admin interface', async () => {
    const { id } = await create();
    const made = await stack.bus.call(accounts.createBotToken, { botId: id, name: 'ci', scopes: ['rooms:read'] }, ownerId);
    expect(await check(made.token)).toMatchObject({ userId: id, scopes: ['rooms:read'] });
    await stack.bus.call(accounts.revokeBotToken, { botId: id, tokenId: made.id }, ownerId);
    expect(await check(made.token)).toBeNull();
    const adminId = await anAdmin();
    const asAdmin = { actorId: adminId, actorRole: 'admin' as const };
    const wanted = { name: 'Admin bot', scopes: ['admin'] } as never;
    await expect(stack.bus.rpc.call(accounts.createBot, wanted, asAdmin)).rejects.toMatchObject({ code: 'validation_failed' });
  });

  it('ends with its removal: no token, no place in lists, and rooms are told', async () => {
    const removed = await stack.bus.hear(accountEvents.botRemoved);
    const ended = await stack.bus.hear(accountEvents.sessionEnded);
    const { id, token, tokens } = await create();
    await stack.bus.call(accounts.removeBot, { botId: id }, ownerId);
    expect(await check(token)).toBeNull();
    expect(await list()).toEqual([]);
    await waitFor(() => ended.some(({ sessionId }) => sessionId === tokens[0]!.id) && removed.some(({ botId }) => botId === id));
    expect(await stack.bus.refusal(accounts.bot, { botId: id }, ownerId)).toBe('bot_not_found');
  });

  it('rests while its owner is shut out, and gateways close its sockets', async () => {
    const told = await stack.bus.hear(accountEvents.userDisabled);
    const { id, token } = await create();
    const adminId = await anAdmin();
    await setDisabled(adminId, ownerId, true);
    expect(await check(token)).toBeNull();
    await waitFor(() => told.some(({ userId, disabled }) => userId === id && disabled));
    await setDisabled(adminId, ownerId, false);
    expect(await check(token)).not.toBeNull();
    await setDisabled(adminId, id, true);
    expect(await check(token)).toBeNull();
  });

  it('is no owner itself, and the twenty-first of somebody’s is refused', async () => {
    const { id } = await create();
    expect(await stack.bus.refusal(accounts.createBot, { name: 'Child bot' }, id)).toBe('forbidden');
    for (let i = 1; i < 20; i++) await create();
    expect(await stack.bus.refusal(accounts.createBot, { name: 'One too many' }, ownerId)).toBe('too_many_bots');
  });

  it('takes nobody’s name', async () => {
    const { user } = await aGrant(stack.bus, { displayName: 'Clara Olsen' });
    expect(await stack.bus.refusal(accounts.createBot, { name: 'A bot', username: user.username }, ownerId)).toBe('username_taken');
    expect(await stack.bus.refusal(accounts.createBot, { name: 'CIara Olsen' }, ownerId)).toBe('validation_failed');
  });
});
