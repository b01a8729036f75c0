import { bot } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { v7 as uuidv7 } from 'uuid';
import type { TestRoom } from '../../test/a-room.ts';
import { aBotService, type BotStack } from '../../test/bot-stack.ts';

let stack: BotStack;
let room: TestRoom;
let ann: string;
let ben: string;

beforeAll(async () => {
  stack = await aBotService();
});
beforeEach(() => {
  room = stack.rooms.make();
  ann = room.join('Ann', 'moderator');
  ben = room.join('Ben');
});
afterAll(cleanUp);

const create = async (more: object = {}) => {
  const { webhook, secret } = await stack.bus.call(
    bot.createWebhook,
    { roomId: room.id, kind: 'incoming', name: 'Build server', ...more },
    ann,
  );
  return { webhookId: webhook.id, secret };
};
type Address = { webhookId: string; secret: string };
const take = (address: Address, payload: object, key: string = uuidv7()) =>
  stack.bus.call(bot.takeWebhook, { ...address, payload: JSON.stringify(payload), key });
const refusalOf = (address: Address, payload: string) => stack.bus.refusal(bot.takeWebhook, { ...address, payload, key: uuidv7() });

describe('An incoming webhook', () => {
  it('posts what a program says, under its name, once', async () => {
    const address = await create();
    await take(address, { text: 'Build *118* is green' }, 'same');
    await take(address, { text: 'Build *118* is green' }, 'same');
    expect(room.posts.map((post) => post.body)).toEqual(['**Build server**\n\nBuild **118** is green']);
    expect((await stack.bus.call(bot.webhooks, { roomId: room.id }, ann)).items[0]?.lastUsedAt).not.toBeNull();
  });

  it('pings nobody, unless it was allowed to', async () => {
    await take(await create(), { text: '<!channel> look' });
    expect(room.pinging).toEqual([]);
    await take(await create({ mayPing: true }), { text: '<!channel> look' });
    expect(room.pinging).toEqual([room.posts[1]?.id]);
  });

  it('triggers nothing with what it posts', async () => {
    const address = await create();
    await take(address, { text: '/help' });
    await take(address, { text: 'hello' });
    const help = await room.answerTo(await room.say(ben, '/help'));
    expect(room.posts).toHaveLength(3);
    expect(room.posts.at(-1)).toBe(help);
  });

  it('is refused with a wrong secret or once it is removed, as if it were not there', async () => {
    const address = await create();
    const payload = '{"text":"x"}';
    expect(await refusalOf({ ...address, secret: 'guess' }, payload)).toBe('webhook_not_found');
    expect(await refusalOf({ ...address, webhookId: uuidv7() }, payload)).toBe('webhook_not_found');
    await stack.bus.call(bot.removeWebhook, { roomId: room.id, webhookId: address.webhookId }, ann);
    expect(await refusalOf(address, payload)).toBe('webhook_not_found');
    expect(room.posts).toEqual([]);
  });

  it.each(['not json', '[]', '"text"', '{}', '{"text":""}'])('refuses a payload that says nothing, with a reason: %s', async (payload) => {
    expect(await refusalOf(await create(), payload)).toBe('malformed_request');
  });

  it('is one of fifty at most in its room, however many are made at once', async () => {
    const made = await Promise.allSettled(Array.from({ length: 60 }, () => create()));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
    expect(made.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'too_many_webhooks' } });
  });

  it('refuses a payload that nests deeper than anything the interface takes', async () => {
    const quotes = 3_000;
    const deep = `${'{"type":"rich_text_quote","elements":['.repeat(quotes)}${']}'.repeat(quotes)}`;
    const payload = `{"blocks":[{"type":"rich_text","elements":[${deep}]}]}`;
    expect(await refusalOf(await create(), payload)).toBe('malformed_request');
  });

  it('is made, changed and seen by moderators of its room alone, and its secret is told once', async () => {
    const { webhookId, secret } = await create();
    const list = await stack.bus.call(bot.webhooks, { roomId: room.id }, ann);
    expect(list.items).toMatchObject([{ id: webhookId, name: 'Build server', mayPing: false, kind: 'incoming' }]);
    expect(JSON.stringify(list)).not.toContain(secret);
    expect(JSON.stringify(await stack.database.query('select * from bot.webhooks where id = $1', [webhookId]))).not.toContain(secret);
    expect(await stack.bus.refusal(bot.webhooks, { roomId: room.id }, ben)).toBe('forbidden');
    expect(await stack.bus.refusal(bot.createWebhook, { roomId: room.id, kind: 'incoming', name: 'x' }, ben)).toBe('forbidden');
    expect(await stack.bus.refusal(bot.createWebhook, { roomId: room.id, kind: 'incoming', name: 'x' }, uuidv7())).toBe('not_a_member');
    const elsewhere = stack.rooms.make();
    const cleo = elsewhere.join('Cleo', 'host');
    expect(await stack.bus.refusal(bot.updateWebhook, { roomId: elsewhere.id, webhookId, mayPing: true }, cleo)).toBe('webhook_not_found');
    const changed = await stack.bus.call(bot.updateWebhook, { roomId: room.id, webhookId, mayPing: true }, ann);
    expect(changed).toMatchObject({ name: 'Build server', mayPing: true });
    const acts = await stack.database.query<{ action: string }>('select action from bot.audit where room_id = $1 order by id', [room.id]);
    expect(acts.map(({ action }) => action)).toEqual(['webhook.created', 'webhook.changed']);
  });
});
