import { AppError, decodeTimeline, fileEvents, messages, roomEvents, rooms, timelineSubject, type OutputOf, type TimelineEntry } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { TestBus, aDatabase, aNats, aService, cleanUp, waitFor, type TestDatabase } from '@atrium/testing';
import { RoomsDouble, aFile, aPerson, aRoomState, type Person } from '../test/builders.ts';
import { AppModule } from './app.module.ts';
import { configSchema } from './config.ts';

let bus: TestBus;
let database: TestDatabase;
let roomsDouble: RoomsDouble;
let room: ReturnType<typeof aRoomState>;
let [ann, ben, eve]: Person[] = [];
let environment: { NATS_URL: string; MESSAGES_DATABASE_URL: string };

const send = (person: Person, body: string, more: object = {}) =>
  bus.call(messages.send, { roomId: room.id, body, echo: true, ...more }, person.id);
const refusalOfSend = (person: Person, body: string, more: object = {}) => bus.refusal(messages.send, { roomId: room.id, body, ...more }, person.id);
const allEntries = async (person: Person): Promise<TimelineEntry[]> => {
  const items: TimelineEntry[] = [];
  for (;;) {
    const page = await bus.call(messages.events, { roomId: room.id, after: items.at(-1)?.seq ?? 0, limit: 100 }, person.id);
    items.push(...page.items);
    if (!page.hasAfter) return items;
  }
};

beforeAll(async () => {
  const nats = await aNats();
  database = await aDatabase('messages');
  environment = { NATS_URL: nats.url, MESSAGES_DATABASE_URL: database.url };
  bus = await TestBus.connect(nats.url);
  roomsDouble = new RoomsDouble(bus);
  bus.answer(rooms.getMembership, ({ roomId, userId }) => {
    if (roomId !== room.id) throw new AppError('room_not_found');
    return { version: roomsDouble.version(roomId), room, member: roomsDouble.members.get(`${roomId}:${userId}`) ?? null };
  });
  await aService(AppModule, configSchema.parse(environment));
  await aService(AppModule, configSchema.parse(environment));
});
afterAll(cleanUp);

beforeEach(async () => {
  room = aRoomState();
  [ann, ben, eve] = [aPerson(), aPerson(), aPerson()];
  for (const [person, role] of [[ann, 'host'], [ben, 'member']] as const) {
    const eventId = await roomsDouble.join(room, person!, role);
    expect((await bus.call(messages.settle, { eventId })).settled).toBe(true);
  }
});

describe('sending', () => {
  it('gives the entries of a room 1, 2, 3… without a hole while many send through two instances at once', async () => {
    const sent = await Promise.all(Array.from({ length: 200 }, (_, i) => send(i % 2 ? ann! : ben!, `message ${i}`)));
    expect(new Set(sent.map((receipt) => receipt.seq)).size).toBe(200);
    const seqs = (await allEntries(ann!)).map((entry) => entry.seq);
    expect(seqs).toEqual(Array.from({ length: 202 }, (_, i) => i + 1));
  });

  it('publishes every entry once on the subject of the room, encoded', async () => {
    const heard = await bus.hearSubject(timelineSubject(room.id), decodeTimeline);
    const { seq } = await send(ann!, 'hello');
    await waitFor(() => heard.length > 0, { what: 'the timeline message' });
    expect(heard[0]!.header).toEqual({ roomId: room.id, fromSeq: seq, toSeq: seq });
    expect(JSON.parse(heard[0]!.entries)).toMatchObject({ seq, type: 'message.created', actorId: ann!.id, message: { body: 'hello' } });
    await waitFor(async () => (await database.query('select 1 from messages.outbox')).length === 0, { what: 'an empty outbox' });
  });

  it('answers the same clientId with the same message, however often and at once', async () => {
    const clientId = uuidv7();
    const sent = await Promise.all(Array.from({ length: 20 }, () => send(ann!, 'once', { clientId })));
    expect(new Set(sent.map((receipt) => receipt.messageId)).size).toBe(1);
    expect(sent.filter((receipt) => !receipt.deduplicated)).toHaveLength(1);
    expect(await refusalOfSend(ann!, 'something else', { clientId })).toBe('idempotency_conflict');
    expect(await send(ben!, 'another author', { clientId })).not.toHaveProperty('deduplicated');
  });

  it('refuses what may not be posted, each with its code', async () => {
    expect(await refusalOfSend(eve!, 'let me in')).toBe('not_a_member');
    expect(await bus.refusal(messages.send, { roomId: uuidv7(), body: 'x' }, ann!.id)).toBe('room_not_found');
    expect(await refusalOfSend(ann!, '   ')).toBe('validation_failed');
    expect(await refusalOfSend(ann!, 'x'.repeat(10_001))).toBe('message_too_long');
    expect(await refusalOfSend(ann!, 'x', { parentId: uuidv7() })).toBe('message_not_found');
    expect(await refusalOfSend(ann!, 'x', { fileIds: [uuidv7()] })).toBe('file_not_found');
    expect((await send(ann!, '🙂'.repeat(10_000))).seq).toBe(3);
  });

  it('refuses a body many times too long before it looks for names in it', async () => {
    expect(await refusalOfSend(ann!, `@${ben!.username} ${'`'.repeat(400_000)}`)).toBe('message_too_long');
  });

  it('refuses a clientId that cannot be stored, and stores what was sent beside it', async () => {
    const outcomes = await Promise.allSettled([send(ann!, 'one'), send(ben!, 'x', { clientId: 'a\u0000b' }), send(ben!, 'y', { clientId: 'half \ud83d' }), send(ann!, 'two')]);
    expect(outcomes).toMatchObject([{ status: 'fulfilled' }, { reason: { code: 'validation_failed' } }, { reason: { code: 'validation_failed' } }, { status: 'fulfilled' }]);
  });

  it('tells of a burst of long messages in parts that NATS can carry', async () => {
    const heard = await bus.hearSubject(timelineSubject(room.id), decodeTimeline);
    const sent = await Promise.all(Array.from({ length: 60 }, () => send(ann!, '漢'.repeat(10_000))));
    const told = () => heard.flatMap(({ header: { fromSeq, toSeq } }) => Array.from({ length: toSeq - fromSeq + 1 }, (_, i) => fromSeq + i));
    await waitFor(() => told().length === 60, { what: 'all of them' });
    // Two instances may overtake each other on the bus.
    expect(told().sort((a, b) => a - b)).toEqual(sent.map(({ seq }) => seq).sort((a, b) => a - b));
    const replayed = await bus.call(messages.replay, { roomId: room.id, after: 0 });
    expect(replayed.entries).toHaveLength(62);
    expect((await bus.call(messages.page, { roomId: room.id, limit: 100 }, ben!.id)).items).toHaveLength(60);
  });

  it('lets in whoever joined a moment ago, and shuts out whoever was removed', async () => {
    roomsDouble.facts.keep('memberJoined', roomsDouble.joined(room, eve!));
    expect((await send(eve!, 'just arrived')).seq).toBe(3);
    await bus.call(messages.settle, { eventId: await roomsDouble.remove(room, eve!, 'kicked') });
    expect(await refusalOfSend(eve!, 'still here?')).toBe('not_a_member');
    expect(await bus.refusal(messages.page, { roomId: room.id }, eve!.id)).toBe('not_a_member');
    expect((await allEntries(ann!)).at(-1)).toMatchObject({ type: 'member.kicked', userId: eve!.id });
  });

  it('keeps to who may post and to slow mode', async () => {
    await bus.call(messages.settle, { eventId: await roomsDouble.update(room, { whoCanPost: 'moderators' }) });
    expect(await refusalOfSend(ben!, 'psst')).toBe('posting_restricted');
    await bus.call(messages.settle, { eventId: await roomsDouble.update(room, { whoCanPost: 'everyone', slowModeSeconds: 60 }) });
    await send(ben!, 'first');
    const refused = await send(ben!, 'second').catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'slow_mode', data: { retryAfterSeconds: expect.any(Number) } });
    await send(ann!, 'hosts are exempt');
    await send(ann!, 'twice');
  });

  it('goes on after PostgreSQL cut its connections, and a repeat finds what was stored', async () => {
    await send(ann!, 'before');
    await database.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'atrium-messages%' and datname = current_database()`);
    const clientId = uuidv7();
    const receipt = await waitFor(() => send(ann!, 'after', { clientId }), { what: 'a send after the cut' });
    expect(await send(ann!, 'after', { clientId })).toMatchObject({ messageId: receipt.messageId, deduplicated: true });
  });
});

describe('reading', () => {
  it('pages before, after and around a place, oldest first', async () => {
    for (let i = 1; i <= 30; i++) await send(ann!, `m${i}`);
    const page = (anchor: object) => bus.call(messages.page, { roomId: room.id, limit: 10, ...anchor }, ben!.id);
    const bodies = (result: OutputOf<typeof messages.page>) => result.items.map((message) => message.body);
    const newest = await page({});
    expect(bodies(newest)).toEqual(Array.from({ length: 10 }, (_, i) => `m${i + 21}`));
    expect(newest).toMatchObject({ hasBefore: true, hasAfter: false });
    expect(bodies(await page({ before: newest.items[0]!.seq }))).toEqual(Array.from({ length: 10 }, (_, i) => `m${i + 11}`));
    const oldest = await page({ after: 0 });
    expect(bodies(oldest)[0]).toBe('m1');
    expect(oldest).toMatchObject({ hasBefore: false, hasAfter: true });
    const around = await page({ around: newest.items[0]!.seq });
    expect(bodies(around)).toEqual(Array.from({ length: 10 }, (_, i) => `m${i + 17}`));
    expect(await bus.refusal(messages.page, { roomId: room.id, before: 5, after: 3 }, ben!.id)).toBe('validation_failed');
    expect(await bus.refusal(messages.page, { roomId: room.id, limit: 101 }, ben!.id)).toBe('validation_failed');
    const beyond = 99_999_999_999;
    expect(bodies(await page({ before: beyond }))).toEqual(bodies(newest));
    expect(await page({ after: beyond })).toEqual({ items: [], hasBefore: true, hasAfter: false });
    expect((await page({ around: beyond })).hasAfter).toBe(false);
    expect((await bus.call(messages.events, { roomId: room.id, after: beyond }, ben!.id)).items).toEqual([]);
  });

  it('hides what was said before the joining where the room says so, on every path', async () => {
    await bus.call(messages.settle, { eventId: await roomsDouble.update(room, { historyVisibility: 'since_join' }) });
    await send(ann!, 'before Eve');
    await bus.call(messages.settle, { eventId: await roomsDouble.join(room, eve!) });
    await send(ann!, 'after Eve');
    const page = await bus.call(messages.page, { roomId: room.id }, eve!.id);
    const replayed = await bus.rpc.call(messages.replay, { roomId: room.id, after: 0 }, { actorId: eve!.id });
    const everything = JSON.stringify([page, await allEntries(eve!), replayed]);
    expect(everything).toContain('after Eve');
    expect(everything).not.toContain('before Eve');
  });

  it('tells of a pin or a file from before the joining without showing it', async () => {
    await bus.call(messages.settle, { eventId: await roomsDouble.update(room, { historyVisibility: 'since_join' }) });
    const old = await send(ann!, 'before Eve');
    const file = { ...aFile(room.id, ann!.id), name: 'before Eve.txt' };
    const fact = { roomId: room.id, at: file.createdAt, actorId: ann!.id, file };
    await bus.call(messages.settle, { eventId: await bus.tell(fileEvents.added, fact) });
    await bus.call(messages.settle, { eventId: await roomsDouble.join(room, eve!) });
    const heard = await bus.hearSubject(timelineSubject(room.id), (text) => text);
    await bus.call(messages.pin, { roomId: room.id, messageId: old.messageId, pinned: true }, ann!.id);
    await bus.call(messages.settle, { eventId: await bus.tell(fileEvents.statusChanged, { ...fact, file: { ...file, status: 'ready' } }) });
    const toEve = await bus.call(messages.events, { roomId: room.id }, eve!.id);
    const toAll = await bus.call(messages.replay, { roomId: room.id, after: 5 });
    await waitFor(() => heard.length === 2, { what: 'both entries' });
    expect(toEve.items.map(({ type }) => type)).toEqual(['member.joined', 'message.pinned', 'file.status']);
    expect(JSON.stringify([toEve, toAll, heard])).not.toContain('before Eve');
    expect(JSON.stringify(await allEntries(ann!)).match(/before Eve/g)).toHaveLength(4);
    expect(await refusalOfSend(eve!, 'look', { fileIds: [file.id] })).toBe('file_not_found');
    expect(await refusalOfSend(eve!, 'reply', { parentId: old.messageId })).toBe('message_not_found');
    await send(ben!, 'reply', { parentId: old.messageId, fileIds: [file.id] });
  });

  it('takes the facts of a room in their order, however late one arrives, and each once', async () => {
    const joined = roomsDouble.joined(room, eve!);
    const joinedId = roomsDouble.facts.keep('memberJoined', joined);
    await bus.call(messages.settle, { eventId: await roomsDouble.remove(room, eve!, 'kicked') });
    await bus.tell(roomEvents.memberJoined, joined, joinedId);
    await bus.call(messages.settle, { eventId: await roomsDouble.update(room, { topic: 'after' }) });
    expect(await bus.refusal(messages.page, { roomId: room.id }, eve!.id)).toBe('not_a_member');
    expect((await allEntries(ann!)).slice(2).map(({ type }) => type)).toEqual(['member.joined', 'member.kicked', 'room.updated']);
  });

  it('takes in a removal of which it never heard', async () => {
    const removed = roomsDouble.removed(room, ben!, 'kicked');
    roomsDouble.facts.keep('memberRemoved', removed);
    const late = await aService(AppModule, configSchema.parse(environment));
    await waitFor(async () => (await bus.refusal(messages.page, { roomId: room.id }, ben!.id)) === 'not_a_member', { what: 'the removal to be known' });
    expect((await allEntries(ann!)).at(-1)).toMatchObject({ type: 'member.kicked', userId: ben!.id });
    await late.close();
  });

  it('keeps an archived room closed when older news of it arrives', async () => {
    const at = new Date().toISOString();
    const older = { roomId: room.id, version: roomsDouble.next(room.id), at, actorId: null, room: { ...room }, changed: ['topic'] };
    const olderId = roomsDouble.facts.keep('roomUpdated', older);
    const archived = { roomId: room.id, version: roomsDouble.next(room.id), at, actorId: null, archivedAt: at };
    await bus.call(messages.settle, { eventId: await roomsDouble.facts.tell('roomArchived', archived) });
    await bus.tell(roomEvents.roomUpdated, older, olderId);
    await bus.call(messages.settle, { eventId: await roomsDouble.update(room, { archivedAt: at }) });
    expect(await refusalOfSend(ann!, 'anyone?')).toBe('room_archived');
  });

  it('counts as unread what others said after the marker; own messages move it', async () => {
    const reading = async (person: Person) => (await bus.call(messages.activity, { roomIds: [room.id] }, person.id)).items[0]!.me!;
    expect(await reading(ben!)).toMatchObject({ unread: 0, mentions: 0 });
    await send(ann!, 'one');
    const second = await send(ann!, `two, @${ben!.username}`);
    await send(ann!, 'three');
    expect(await reading(ben!)).toMatchObject({ unread: 3, mentions: 1 });
    expect(await reading(ann!)).toMatchObject({ unread: 0 });
    const mark = (input: object) => bus.call(messages.markRead, { roomId: room.id, ...input }, ben!.id);
    expect(await mark({ seq: second.seq })).toMatchObject({ readSeq: second.seq, unread: 1, mentions: 0 });
    expect(await mark({ seq: 1 })).toMatchObject({ readSeq: second.seq });
    await send(ben!, 'caught up');
    expect(await reading(ben!)).toMatchObject({ unread: 0 });
    expect(await mark({ seq: second.seq - 1, unread: true })).toMatchObject({ readSeq: second.seq - 1, unread: 2 });
    expect(await bus.refusal(messages.markRead, { roomId: room.id, seq: 9999 }, ben!.id)).toBe('validation_failed');
  });

  it('reads a removal as the last entry of whoever was removed', async () => {
    const heard = await bus.hearSubject(timelineSubject(room.id), decodeTimeline);
    await bus.call(messages.settle, { eventId: await roomsDouble.remove(room, ben!) });
    await waitFor(() => heard.length > 0, { what: 'the removal' });
    expect(heard[0]!.header.removed).toEqual([{ userId: ben!.id, seq: 3 }]);
  });

  it('takes a redelivered fact once', async () => {
    const payload = { roomId: room.id, version: roomsDouble.next(room.id), at: new Date().toISOString(), actorId: ann!.id, enabled: false };
    const eventId = await bus.tell(roomEvents.botToggled, payload);
    await bus.call(messages.settle, { eventId });
    await bus.redeliver(roomEvents.botToggled, payload, eventId);
    await bus.call(messages.settle, { eventId: await roomsDouble.update(room, { topic: 'after' }) });
    expect((await allEntries(ann!)).filter((entry) => entry.type === 'bot.toggled')).toHaveLength(1);
  });
});

describe('threads and pins', () => {
  it('attaches a reply to a reply to the root, counts it, and tells followers', async () => {
    const root = await send(ann!, 'root');
    const reply = await send(ben!, 'reply', { parentId: root.messageId });
    await send(ann!, 'reply to the reply', { parentId: reply.messageId });
    const thread = await bus.call(messages.thread, { roomId: room.id, messageId: reply.messageId }, ann!.id);
    expect(thread.items.map((message) => message.body)).toEqual(['root', 'reply', 'reply to the reply']);
    expect(thread.root).toMatchObject({ replyCount: 2, lastReplyAt: expect.any(String) });
    expect(thread.items[2]!.parentId).toBe(root.messageId);
    const list = await bus.call(messages.threads, { roomId: room.id, filter: 'unread' }, ben!.id);
    expect(list.items).toMatchObject([{ root: { id: root.messageId }, following: true, unread: 1 }]);
    expect(await bus.refusal(messages.threads, { roomId: room.id, cursor: 'yesterday_1' }, ben!.id)).toBe('validation_failed');
    expect(list.items[0]!.participants.toSorted()).toEqual([ann!.id, ben!.id].toSorted());
    await bus.call(messages.markRead, { roomId: room.id, seq: 5, threadId: root.messageId }, ben!.id);
    expect((await bus.call(messages.threads, { roomId: room.id, filter: 'unread' }, ben!.id)).items).toEqual([]);
  });

  it('leaves the room unread for who answers in a thread, and takes a mention in a thread for read with the thread', async () => {
    const reading = async () => (await bus.call(messages.activity, { roomIds: [room.id] }, ben!.id)).items[0]!.me!;
    const root = await send(ann!, 'a question');
    await send(ann!, 'and another');
    await send(ben!, 'an answer', { parentId: root.messageId });
    const named = await send(ann!, `thanks, @${ben!.username}`, { parentId: root.messageId });
    expect(await reading()).toMatchObject({ unread: 2, mentions: 1, threadUnread: 1 });
    await bus.call(messages.markRead, { roomId: room.id, seq: named.seq, threadId: root.messageId }, ben!.id);
    expect(await reading()).toMatchObject({ unread: 2, mentions: 0, threadUnread: 0 });
  });

  it('pages a thread with its root in the count', async () => {
    const root = await send(ann!, 'root');
    const replies = [];
    for (const body of ['one', 'two', 'three']) replies.push(await send(ben!, body, { parentId: root.messageId }));
    const page = (more: object) => bus.call(messages.thread, { roomId: room.id, messageId: root.messageId, ...more }, ann!.id);
    const first = await page({ after: 0, limit: 2 });
    expect(first.items.map(({ body }) => body)).toEqual(['root', 'one']);
    expect(first).toMatchObject({ hasBefore: false, hasAfter: true });
    expect((await page({ after: first.items[1]!.seq, limit: 2 })).items.map(({ body }) => body)).toEqual(['two', 'three']);
    const newest = await page({ limit: 3 });
    expect(newest.items.map(({ seq }) => seq)).toEqual(replies.map(({ seq }) => seq));
    expect(newest).toMatchObject({ hasBefore: true, root: { body: 'root' } });
  });

  it('lets moderators pin and unpin, idempotently, as entries of the log', async () => {
    const { messageId } = await send(ben!, 'remember this');
    const pin = (person: Person, pinned?: boolean) => bus.call(messages.pin, { roomId: room.id, messageId, pinned }, person.id);
    expect(await bus.refusal(messages.pin, { roomId: room.id, messageId }, ben!.id)).toBe('forbidden');
    expect(await bus.refusal(messages.pin, { roomId: room.id, messageId: uuidv7() }, ann!.id)).toBe('message_not_found');
    expect(await pin(ann!)).toMatchObject({ pinnedBy: ann!.id });
    await pin(ann!, true);
    expect((await bus.call(messages.pins, { roomId: room.id }, ben!.id)).items.map((message) => message.id)).toEqual([messageId]);
    expect(await pin(ann!)).not.toHaveProperty('pinnedAt');
    const types = (await allEntries(ann!)).map((entry) => entry.type).slice(3);
    expect(types).toEqual(['message.pinned', 'message.unpinned']);
  });
});
