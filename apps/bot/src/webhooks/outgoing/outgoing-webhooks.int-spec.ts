import { bot, WebhookPayload, type WebhookDelivery } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { createHmac } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { TestRoom } from '../../../test/a-room.ts';
import { Receiver, type Received } from '../../../test/a-receiver.ts';
import { aBotService, type BotStack } from '../../../test/bot-stack.ts';

let stack: BotStack;
let receiver: Receiver;
let room: TestRoom;
let ann: string;
let ben: string;
let path: string;

beforeAll(async () => {
  stack = await aBotService({ BOT_WEBHOOK_NETWORKS: '127.0.0.1/32', BOT_WEBHOOK_RETRY_SECONDS: '0.01' });
  receiver = await Receiver.start();
});
beforeEach(() => {
  room = stack.rooms.make();
  ann = room.join('Ann', 'moderator');
  ben = room.join('Ben');
  path = `/${uuidv7()}`;
  receiver.respond = (response) => response.end('thanks');
});
afterAll(cleanUp);

const create = async (more: object = {}) => {
  const input = { roomId: room.id, kind: 'outgoing' as const, name: 'Archive', url: receiver.url + path, ...more };
  const { webhook, secret } = await stack.bus.call(bot.createWebhook, input, ann);
  return { webhookId: webhook.id, secret };
};
const list = () => stack.bus.call(bot.webhooks, { roomId: room.id }, ann).then(({ items }) => items);
const log = (webhookId: string) => stack.bus.call(bot.webhookDeliveries, { roomId: room.id, webhookId }, ann).then(({ items }) => items);
const bodiesOf = (received: Received[]) =>
  received.map(({ body }) => {
    const { entry } = WebhookPayload.parse(JSON.parse(body));
    return entry.type === 'message.created' ? entry.message.body : entry.type;
  });
const told = (count: number, at = path) => waitFor(() => receiver.at(at).length >= count, { what: `${count} deliveries` });
const settled = (webhookId: string, state: WebhookDelivery['state']) =>
  waitFor(async () => (await log(webhookId)).find((delivery) => delivery.state === state), { what: `a delivery that is ${state}` });
const refusalOfNew = (more: object) =>
  stack.bus.refusal(bot.createWebhook, { roomId: room.id, kind: 'outgoing', name: 'x', url: receiver.url + path, ...more }, ann);

describe('An outgoing webhook', () => {
  it('tells what is said, signed with the secret that was told once', async () => {
    const { webhookId, secret } = await create();
    const message = await room.say(ben, 'the kettle is on');
    await told(1);
    const [{ headers, body }] = receiver.at(path) as [Received];
    expect(WebhookPayload.parse(JSON.parse(body))).toMatchObject({
      webhookId,
      roomId: room.id,
      event: 'message.created',
      entry: { message },
    });
    const timestamp = headers['x-atrium-timestamp'] as string;
    expect(Math.abs(Number(timestamp) - Date.now() / 1000)).toBeLessThan(60);
    const signature = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
    expect(headers['x-atrium-signature']).toBe(`sha256=${signature}`);
    const delivery = await settled(webhookId, 'delivered');
    expect(delivery).toMatchObject({ id: headers['x-atrium-delivery'], body, tries: [{ status: 200, answer: 'thanks', error: null }] });
    expect(JSON.stringify(await list())).not.toContain(secret);
  });

  it('keeps what it signs with sealed, also what an earlier release kept as it was', async () => {
    const { webhookId, secret } = await create();
    const stored = async () => {
      const sql = 'select signing_secret from bot.webhooks where id = $1';
      return (await stack.database.query<{ signing_secret: string }>(sql, [webhookId]))[0]!.signing_secret;
    };
    expect(await stored()).not.toContain(secret);
    await stack.database.query('update bot.webhooks set signing_secret = $1 where id = $2', [secret, webhookId]);
    await room.say(ben, 'still known');
    await told(1);
    const [{ headers, body }] = receiver.at(path) as [Received];
    const signature = createHmac('sha256', secret)
      .update(`${headers['x-atrium-timestamp'] as string}.${body}`)
      .digest('hex');
    expect(headers['x-atrium-signature']).toBe(`sha256=${signature}`);
    const other = await stack.startAnother();
    expect(await stored()).not.toContain(secret);
    await other.close();
  });

  it('tells each entry once, however often it is read and by however many instances', async () => {
    const { webhookId } = await create();
    const other = await stack.startAnother();
    await room.say(ben, 'one');
    await room.tellAgain(room.log.length);
    for (const body of ['two', 'three', 'four']) await room.say(ben, body);
    await told(4);
    await waitFor(async () => (await log(webhookId)).every(({ state }) => state === 'delivered'), { what: 'all to be written down' });
    await other.close();
    expect(bodiesOf(receiver.at(path)).sort()).toEqual(['four', 'one', 'three', 'two']);
  });

  it('tells what is said right after it was made, whichever instance reads it', async () => {
    const other = await stack.startAnother();
    for (const body of ['nobody', 'listens', 'yet']) await room.say(ben, body);
    await create();
    const bodies = Array.from({ length: 8 }, (_, index) => `told ${index}`);
    for (const body of bodies) await room.say(ben, body);
    const received = () => bodiesOf(receiver.at(path));
    await waitFor(() => bodies.every((body) => received().includes(body)), { what: 'everything that was said since' });
    await other.close();
    expect(
      received()
        .filter((body) => bodies.includes(body))
        .sort(),
    ).toEqual(bodies);
  });

  it('is not told what was said before it was made, however late that is read', async () => {
    const { webhookId } = await create();
    const madeAfter = (interval: string) =>
      stack.database.query('update bot.webhooks set created_at = now() + $1::interval where id = $2', [interval, webhookId]);
    await madeAfter('1 minute');
    await room.answerTo(await room.say(ben, '/help'));
    await madeAfter('-1 minute');
    await room.say(ben, 'since');
    await told(1);
    expect(bodiesOf(receiver.at(path))).toEqual(['since']);
  });

  it('is told of the events that it names alone', async () => {
    await create({ events: ['member.joined'] });
    await room.say(ben, 'not this');
    await room.announceJoin(room.join('Cleo'));
    await told(1);
    expect(bodiesOf(receiver.at(path))).toEqual(['member.joined']);
  });

  it('is not told of what the bot and other webhooks post', async () => {
    await create();
    const incoming = await stack.bus.call(bot.createWebhook, { roomId: room.id, kind: 'incoming', name: 'Build server' }, ann);
    await stack.bus.call(bot.takeWebhook, { webhookId: incoming.webhook.id, secret: incoming.secret, payload: '{"text":"hi"}', key: 'k' });
    await room.answerTo(await room.say(ben, '/help'));
    await room.say(ben, 'last');
    await told(2);
    expect(bodiesOf(receiver.at(path))).toEqual(['/help', 'last']);
  });

  it('is told nothing that is said while the bot is off', async () => {
    await create();
    await room.switchBot(false);
    await room.say(ben, 'in private');
    await room.switchBot(true);
    await room.say(ben, 'again');
    await told(1);
    expect(bodiesOf(receiver.at(path))).toEqual(['again']);
  });

  it('is not told afterwards what waited when the bot was switched off', async () => {
    receiver.respond = (response) => {
      room.record.botEnabled = false;
      response.writeHead(503).end();
    };
    const { webhookId } = await create();
    await room.say(ben, 'hello');
    const delivery = await settled(webhookId, 'failed');
    expect(delivery.tries).toMatchObject([{ status: 503 }, { status: null, error: 'The bot of the room is switched off.' }]);
    expect(receiver.at(path)).toHaveLength(1);
  });

  it('tries again with growing waits until it is heard, under the same id', async () => {
    receiver.respond = (response) => response.writeHead(receiver.at(path).length < 3 ? 503 : 204).end();
    const { webhookId } = await create();
    await room.say(ben, 'hello');
    const delivery = await settled(webhookId, 'delivered');
    expect(delivery.tries.map(({ status }) => status)).toEqual([503, 503, 204]);
    expect(new Set(receiver.at(path).map(({ headers }) => headers['x-atrium-delivery']))).toEqual(new Set([delivery.id]));
    expect((await list())[0]).toMatchObject({ failingSince: null, lastUsedAt: expect.any(String) as string });
  });

  it('gives up after five tries, and sends again when it is asked to', async () => {
    receiver.respond = (response) => response.writeHead(500).end('no');
    const { webhookId } = await create();
    await room.say(ben, 'hello');
    const failed = await settled(webhookId, 'failed');
    expect(failed.nextTryAt).toBeNull();
    expect(failed.tries).toHaveLength(5);
    expect(receiver.at(path)).toHaveLength(5);
    expect((await list())[0]?.failingSince).not.toBeNull();
    receiver.respond = (response) => response.end();
    const again = await stack.bus.call(bot.replayDelivery, { roomId: room.id, webhookId, deliveryId: failed.id }, ann);
    expect(again).toMatchObject({ state: 'waiting', replayOf: failed.id, body: failed.body });
    expect((await settled(webhookId, 'delivered')).id).toBe(again.id);
    expect(receiver.at(path).at(-1)?.body).toBe(failed.body);
  });

  it('goes on with what an instance left that was killed while it sent', async () => {
    const { webhookId } = await create();
    await room.say(ben, 'hello');
    const { id } = await settled(webhookId, 'delivered');
    // Held by nobody who lives.
    const held = `update bot.webhook_deliveries set state = 'waiting', tries = '[]', held_until = now() + interval '1 hour' where id = $1`;
    await stack.database.query(held, [id]);
    await room.say(ben, 'behind it');
    await stack.database.query(`update bot.webhook_deliveries set held_until = now() where id = $1`, [id]);
    await told(3);
    expect(bodiesOf(receiver.at(path))).toEqual(['hello', 'hello', 'behind it']);
  });

  it('is switched off after a day of failure, and on again by a moderator', async () => {
    receiver.respond = (response) => response.writeHead(500).end();
    const { webhookId } = await create();
    await stack.database.query(`update bot.webhooks set failing_since = now() - interval '25 hours' where id = $1`, [webhookId]);
    await room.say(ben, 'hello');
    await waitFor(async () => (await list())[0]?.disabledAt, { what: 'the webhook to be off' });
    receiver.respond = (response) => response.end();
    await room.say(ben, 'unheard');
    const on = await stack.bus.call(bot.updateWebhook, { roomId: room.id, webhookId, enabled: true }, ann);
    expect(on).toMatchObject({ disabledAt: null, failingSince: null });
    const acts = await stack.database.query<{ action: string }>('select action from bot.audit where room_id = $1 order by id', [room.id]);
    expect(acts.map(({ action }) => action)).toEqual(['webhook.created', 'webhook.disabled', 'webhook.changed']);
  });

  it('forgets what a deleted message said', async () => {
    const { webhookId } = await create();
    const message = await room.say(ben, 'a secret');
    await settled(webhookId, 'delivered');
    await room.deleteMessage(message.id);
    await waitFor(async () => (await log(webhookId)).length === 0, { what: 'the log to be empty' });
  });
});

describe('An outgoing webhook and inner addresses', () => {
  it.each(['http://127.0.0.2/', 'http://10.0.0.1/', 'http://[::1]/', 'http://169.254.169.254/latest/meta-data', 'http://2130706434/'])(
    'is not made for an address inside: %s',
    async (url) => {
      expect(await refusalOfNew({ url })).toBe('validation_failed');
    },
  );

  it('does not connect to a name that stands for an address inside', async () => {
    // The receiver listens on 127.0.0.1, which is allowed here; a name is judged by what it resolves to.
    const guarded = await aBotService();
    const elsewhere = guarded.rooms.make();
    const host = elsewhere.join('Host', 'host');
    const url = `${receiver.url.replace('127.0.0.1', 'localhost')}${path}`;
    const input = { roomId: elsewhere.id, kind: 'outgoing' as const, name: 'x', url };
    const { webhook } = await guarded.bus.call(bot.createWebhook, input, host);
    await elsewhere.say(host, 'hello');
    const deliveries = () => guarded.bus.call(bot.webhookDeliveries, { roomId: elsewhere.id, webhookId: webhook.id }, host);
    const failed = await waitFor(async () => (await deliveries()).items.find(({ state }) => state === 'failed'));
    expect(failed.tries).toMatchObject([{ status: null, error: expect.stringContaining('localhost is not a public address') as string }]);
    expect(receiver.at(path)).toEqual([]);
  });

  it('follows a redirect to what is allowed, and none to an address inside', async () => {
    receiver.respond = (response, { path: at }) =>
      at === path ? response.writeHead(307, { location: `${path}/moved` }).end() : response.end('there');
    const { webhookId } = await create();
    await room.say(ben, 'hello');
    expect(await settled(webhookId, 'delivered')).toMatchObject({ tries: [{ status: 200, answer: 'there' }] });
    expect(bodiesOf(receiver.at(`${path}/moved`))).toEqual(['hello']);
    receiver.respond = (response) => response.writeHead(302, { location: 'http://127.0.0.2/' }).end();
    await room.say(ben, 'again');
    const failed = await settled(webhookId, 'failed');
    expect(failed.tries).toMatchObject([{ status: null, error: expect.stringContaining('127.0.0.2 is not a public address') as string }]);
  });

  it('does not follow redirects for ever', async () => {
    receiver.respond = (response) => response.writeHead(308, { location: path }).end();
    const { webhookId } = await create();
    await room.say(ben, 'hello');
    expect((await settled(webhookId, 'failed')).tries).toMatchObject([{ error: expect.stringContaining('redirects more than') as string }]);
  });
});

describe('The outgoing webhooks of a room', () => {
  it.each([
    { url: undefined },
    { url: 'ftp://example.org/' },
    { url: 'not a url' },
    { url: 'https://ann:secret@example.org/' },
    { events: [] },
    { events: ['message.liked'] },
    { kind: 'incoming' },
  ])('are refused with the field at fault: %j', async (more) => {
    expect(await refusalOfNew(more)).toBe('validation_failed');
  });

  it('are made, seen, changed and sent again by its moderators alone', async () => {
    const { webhookId } = await create({ events: ['message.created', 'message.created', 'file.added'] });
    expect(await list()).toMatchObject([{ id: webhookId, kind: 'outgoing', events: ['message.created', 'file.added'], disabledAt: null }]);
    const one = { roomId: room.id, webhookId };
    await room.say(ben, 'hello');
    const { id: deliveryId } = await settled(webhookId, 'delivered');
    for (const [who, code] of [
      [ben, 'forbidden'],
      [uuidv7(), 'not_a_member'],
    ] as const) {
      expect(await stack.bus.refusal(bot.webhookDeliveries, one, who)).toBe(code);
      expect(await stack.bus.refusal(bot.replayDelivery, { ...one, deliveryId }, who)).toBe(code);
    }
    const elsewhere = stack.rooms.make();
    const cleo = elsewhere.join('Cleo', 'host');
    const foreign = { roomId: elsewhere.id, webhookId };
    expect(await stack.bus.refusal(bot.webhookDeliveries, foreign, cleo)).toBe('webhook_not_found');
    expect(await stack.bus.refusal(bot.replayDelivery, { ...foreign, deliveryId }, cleo)).toBe('webhook_not_found');
    expect(await stack.bus.refusal(bot.replayDelivery, { ...one, deliveryId: uuidv7() }, ann)).toBe('delivery_not_found');
    expect(await stack.bus.refusal(bot.webhookDeliveries, { ...one, cursor: 'x' }, ann)).toBe('validation_failed');
    expect(await stack.bus.refusal(bot.updateWebhook, { ...one, url: 'http://10.0.0.1/' }, ann)).toBe('validation_failed');
  });
});
