import { AppError, accountEvents, messages, rooms, type InputOf } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { PushService, readVapid, waitFor, type FakeDevice } from '@atrium/testing';
import type { Person } from '../../test/builders.ts';
import { MessagesStack } from '../../test/messages-stack.ts';

const stack = new MessagesStack(2, {
  MESSAGES_PUSH_KEY: Buffer.alloc(32, 7).toString('base64url'),
  MESSAGES_PUSH_NETWORKS: '127.0.0.1/32',
  MESSAGES_PUSH_RETRY_SECONDS: '0.05',
});
let service: PushService;
let key: string;

beforeAll(async () => {
  service = await PushService.start();
  stack.bus.answer(rooms.onlineMembers, () => ({ userIds: [] }));
  key = (await stack.bus.call(messages.pushKey, {})).key;
});

const callOf = (person: Person, sessionId: string) => ({ actorId: person.id, sessionId });
const subscribe = async (person: Person, sessionId = uuidv7(), language?: string): Promise<FakeDevice> => {
  const device = service.aDevice();
  await stack.bus.rpc.call(messages.subscribePush, { ...device.subscription, ...(language && { language }) }, callOf(person, sessionId));
  return device;
};
const refusalOf = (input: object) =>
  stack.bus.rpc.call(messages.subscribePush, input as never, callOf(stack.ben, uuidv7())).then(
    () => 'answered without a refusal',
    (error: unknown) => (error instanceof AppError ? error.code : Promise.reject(error)),
  );
const pushed = (device: FakeDevice, count = 1) =>
  waitFor(() => (device.shown.length >= count ? device.shown : undefined), { what: `${count} pushes` });
const prefer = (person: Person, wish: InputOf<typeof messages.setPreferences>) => stack.bus.call(messages.setPreferences, wish, person.id);
const atPage = (person: Person, page: { open: boolean; active?: boolean }, gatewayId = uuidv7()) =>
  stack.bus.call(messages.reportPages, { gatewayId, users: [{ userId: person.id, roomIds: [], ...page }] });
const mention = (person: Person, words: string) => stack.send(stack.ann, `@${person.username} ${words}`);
const deliveries = (userId: string) =>
  stack.database.query<{ state: string; tries: number }>('select state, tries from messages.push_deliveries where user_id = $1', [userId]);

describe('A device that is told while no page is open', () => {
  it('gets what only it can read, signed by this server, once however many instances there are', async () => {
    const device = await subscribe(stack.ben);
    const sent = await mention(stack.ben, 'the **kettle** is on');
    const [shown] = await pushed(device);
    expect(shown).toEqual({
      type: 'notification',
      title: stack.ann.username,
      body: 'mentioned you',
      tag: sent.messageId,
      url: `/rooms/${stack.room.id}?at=${sent.seq}`,
      unread: 1,
      silent: false,
    });
    const { headers } = device.pushed[0]!;
    const claims = readVapid(headers, key);
    expect(claims).toMatchObject({ aud: service.url, sub: 'mailto:operator@atrium.invalid' });
    expect(claims.exp * 1000).toBeGreaterThan(Date.now());
    expect(headers).toMatchObject({ 'content-encoding': 'aes128gcm', urgency: 'high', topic: sent.messageId.replaceAll('-', '') });
    await mention(stack.ben, 'and again');
    await pushed(device, 2);
    await waitFor(async () => (await deliveries(stack.ben.id)).every(({ state }) => state === 'sent'), { what: 'all to be written down' });
    expect(device.shown).toHaveLength(2);
  });

  it.each([
    ['nothing', 'Atrium', 'You have a new notification'],
    ['sender', 'ANN', 'mentioned you'],
    ['full', 'ANN in Room', 'the kettle & more'],
  ] as const)('shows no more than its owner allows: %s', async (pushPreview, title, body) => {
    await prefer(stack.ben, { pushPreview, sound: false });
    const device = await subscribe(stack.ben);
    await stack.send(stack.ann, `the **kettle** &amp; more @${stack.ben.username}`);
    const [shown] = await pushed(device);
    expect(shown).toMatchObject({ title: title.replace('ANN', stack.ann.username), silent: true });
    expect(shown!.body).toBe(pushPreview === 'full' ? `${body} @${stack.ben.username}` : body);
    if (pushPreview !== 'full') expect(JSON.stringify(shown)).not.toContain('kettle');
    if (pushPreview === 'nothing') expect(JSON.stringify(shown)).not.toContain(stack.ann.username);
  });

  it('is told in the language of its page, and of each page in its own', async () => {
    const devices = await Promise.all(['de-AT', 'vi', 'tlh', undefined].map((language) => subscribe(stack.ben, uuidv7(), language)));
    await mention(stack.ben, 'the kettle is on');
    const bodies = await Promise.all(devices.map(async (device) => (await pushed(device))[0]!.body));
    expect(bodies).toEqual(['hat dich erwähnt', 'đã nhắc đến bạn', 'mentioned you', 'mentioned you']);
    expect(await refusalOf({ ...service.aDevice().subscription, language: 'no language' })).toBe('validation_failed');
  });

  it('is told of a call of the whole room, and of its thread by the way there', async () => {
    const device = await subscribe(stack.ben);
    const sent = await stack.send(stack.ann, '@room dinner');
    expect(await pushed(device)).toMatchObject([{ tag: sent.messageId, body: 'called everyone in a room' }]);
    const root = await stack.send(stack.ben, 'a question');
    const reply = await stack.send(stack.ann, 'an answer', { parentId: root.messageId });
    const shown = await pushed(device, 2);
    expect(shown[1]).toMatchObject({
      url: `/rooms/${stack.room.id}/thread/${root.messageId}?at=${reply.seq}`,
      body: 'replied in a thread',
    });
  });

  it('waits while its owner is at a page, and is told when they turn out to have gone', async () => {
    const gateway = uuidv7();
    const device = await subscribe(stack.ben);
    await atPage(stack.ben, { open: true, active: true }, gateway);
    await mention(stack.ben, 'look');
    await waitFor(async () => (await deliveries(stack.ben.id)).length === 1, { what: 'the push to wait' });
    const due = () =>
      stack.database.query<{ later: boolean }>(
        "select due_at > now() + interval '1 second' as later from messages.push_deliveries where user_id = $1",
        [stack.ben.id],
      );
    await waitFor(async () => (await due())[0]?.later, { what: 'the page to be seen' });
    expect(device.shown).toEqual([]);
    await atPage(stack.ben, { open: true, active: false }, gateway);
    await stack.database.query('update messages.push_deliveries set due_at = now() where user_id = $1', [stack.ben.id]);
    await pushed(device);
  });

  it('is not told of what its owner has read meanwhile, nor while they want quiet or no push', async () => {
    const device = await subscribe(stack.ben);
    await atPage(stack.ben, { open: true, active: true });
    await mention(stack.ben, 'seen');
    await stack.bus.call(messages.readNotifications, {}, stack.ben.id);
    await stack.database.query('delete from messages.open_pages where user_id = $1', [stack.ben.id]);
    await stack.database.query('update messages.push_deliveries set due_at = now() where user_id = $1', [stack.ben.id]);
    const dndUntil = new Date(Date.now() + 60_000).toISOString();
    const none = () => waitFor(async () => (await deliveries(stack.ben.id)).length === 0, { what: 'the push to be dropped' });
    await none();
    for (const wish of [{ push: false }, { dndUntil }]) {
      await prefer(stack.ben, wish);
      await mention(stack.ben, 'not now');
      await none();
    }
    await prefer(stack.ben, { push: true, dndUntil: null });
    const last = await mention(stack.ben, 'now');
    expect((await pushed(device)).map(({ tag }) => tag)).toEqual([last.messageId]);
  });

  it('closes what was read elsewhere or deleted', async () => {
    const device = await subscribe(stack.ben);
    const read = await mention(stack.ben, 'one');
    const deleted = await mention(stack.ben, 'two');
    await pushed(device, 2);
    await waitFor(async () => (await deliveries(stack.ben.id)).every(({ state }) => state === 'sent'), { what: 'both to be written down' });
    await stack.bus.call(messages.remove, { roomId: stack.room.id, messageId: deleted.messageId }, stack.ann.id);
    await waitFor(() => device.closed.includes(deleted.messageId), { what: 'the deleted one to be closed' });
    await stack.bus.call(messages.markRead, { roomId: stack.room.id, seq: read.seq }, stack.ben.id);
    await waitFor(() => device.closed.includes(read.messageId), { what: 'the read one to be closed' });
    expect(device.pushed.at(-1)!.message).toMatchObject({ type: 'read', unread: 0 });
    await waitFor(async () => (await deliveries(stack.ben.id)).length === 0, { what: 'nothing to be left' });
  });

  it('is tried again when its push service fails, and told once', async () => {
    const device = await subscribe(stack.ben);
    device.respond = (response) => response.writeHead(device.pushed.length < 3 ? 503 : 201).end();
    const sent = await mention(stack.ben, 'patience');
    await waitFor(async () => (await deliveries(stack.ben.id))[0]?.state === 'sent', { what: 'the third try' });
    expect(device.shown.map(({ tag }) => tag)).toEqual([sent.messageId, sent.messageId, sent.messageId]);
    expect(await deliveries(stack.ben.id)).toEqual([{ state: 'sent', tries: 2 }]);
  });

  it('waits as long as its push service asks', async () => {
    const device = await subscribe(stack.ben);
    device.respond = (response) => response.writeHead(429, { 'retry-after': '600' }).end();
    await mention(stack.ben, 'patience');
    const later = () =>
      stack.database.query<{ later: boolean }>(
        "select due_at > now() + interval '9 minutes' as later from messages.push_deliveries where user_id = $1",
        [stack.ben.id],
      );
    await waitFor(async () => (await later())[0]?.later, { what: 'the wait' });
  });

  it.each([404, 410, 403])('is forgotten when its push service answers %i, while others are told', async (status) => {
    const [gone, other] = [await subscribe(stack.ben), await subscribe(stack.ben)];
    gone.respond = (response) => response.writeHead(status).end();
    await mention(stack.ben, 'one');
    await pushed(other);
    const left = () =>
      stack.database.query<{ endpoint: string }>('select endpoint from messages.push_subscriptions where user_id = $1', [stack.ben.id]);
    await waitFor(async () => (await left()).length === 1, { what: 'the device to be forgotten' });
    expect(await left()).toEqual([{ endpoint: other.endpoint }]);
  });

  it('is told twenty times a minute at most', async () => {
    const device = await subscribe(stack.ben);
    for (let n = 1; n <= 26; n++) await mention(stack.ben, String(n));
    const resting = () =>
      stack.database.query<{ count: number }>(
        "select count(*)::int from messages.push_deliveries where user_id = $1 and state = 'waiting' and due_at > now() + interval '10 seconds'",
        [stack.ben.id],
      );
    await waitFor(async () => (await resting())[0]!.count === 6, { what: 'the rest to wait' });
    expect(device.shown).toHaveLength(20);
  });

  it('is told once rooms can say who wrote', async () => {
    const device = await subscribe(stack.ben);
    stack.roomsAreAway = true;
    await mention(stack.ben, 'patience');
    await waitFor(async () => ((await deliveries(stack.ben.id))[0]?.tries ?? 0) > 0, { what: 'the first try' });
    expect(device.shown).toEqual([]);
    stack.roomsAreAway = false;
    await pushed(device);
  });
});

describe('A subscription', () => {
  it('ends when it is taken back, or with the session it was made in, and with no other', async () => {
    const [session, other] = [uuidv7(), uuidv7()];
    const [one, two, three] = [await subscribe(stack.ben, session), await subscribe(stack.ben, other), await subscribe(stack.ben, other)];
    await stack.bus.call(messages.unsubscribePush, { endpoint: three.endpoint }, stack.ben.id);
    await stack.bus.call(messages.unsubscribePush, { endpoint: two.endpoint }, stack.ann.id);
    await stack.bus.tell(accountEvents.sessionEnded, { sessionId: session, userId: stack.ben.id });
    const left = () =>
      stack.database.query<{ endpoint: string }>('select endpoint from messages.push_subscriptions where user_id = $1', [stack.ben.id]);
    await waitFor(async () => (await left()).length === 1, { what: 'the session’s device to be forgotten' });
    expect(await left()).toEqual([{ endpoint: two.endpoint }]);
    await stack.bus.call(messages.unsubscribePush, {}, stack.ben.id);
    expect(await left()).toEqual([]);
    expect(one.shown).toEqual([]);
  });

  it('belongs to whoever uses the browser now', async () => {
    const device = await subscribe(stack.ben);
    const again = () => stack.bus.rpc.call(messages.subscribePush, device.subscription, callOf(stack.ann, uuidv7()));
    expect((await again()).isNew).toBe(true);
    expect((await again()).isNew).toBe(false);
    await stack.send(stack.ben, `@${stack.ann.username} hello`);
    await pushed(device);
    expect(device.shown[0]!.title).toBe(stack.ben.username);
  });

  it.each([
    ['an inner address', { endpoint: 'https://10.0.0.1/push' }],
    ['the host’s own address', { endpoint: 'https://[::1]/push' }],
    ['the metadata service', { endpoint: 'https://169.254.169.254/push' }],
    ['an inner address written as a number', { endpoint: 'https://2130706434/push' }],
    ['an address without TLS', { endpoint: 'http://push.example.org/x' }],
    ['what is no address', { endpoint: 'push' }],
    ['another protocol', { endpoint: 'ftp://push.example.org/x' }],
    ['a key that is no point', { keys: { p256dh: Buffer.alloc(65, 4).toString('base64url'), auth: 'AAAAAAAAAAAAAAAAAAAAAA' } }],
    ['a key of another length', { keys: { p256dh: 'BAAA', auth: 'AAAAAAAAAAAAAAAAAAAAAA' } }],
    ['no keys', { keys: undefined }],
  ])('is refused with %s', async (_what, wrong) => {
    expect(await refusalOf({ ...service.aDevice().subscription, ...wrong })).toBe('validation_failed');
  });
});
