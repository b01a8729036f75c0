import { AppError, messages } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { v7 as uuidv7 } from 'uuid';
import type { Person } from '../../test/fake-services.ts';
import { Harness } from '../../test/harness.ts';

const roomId = '019ac000-0000-7000-8000-000000000001';
const messageId = uuidv7();
const notification = {
  id: messageId,
  at: '2026-01-01T00:00:00.000Z',
  roomId,
  messageId,
  seq: 4,
  actorId: uuidv7(),
  reasons: ['mention' as const],
  excerpt: 'hello',
};
const preferences = { notify: 'all' as const, sound: true, push: true, pushPreview: 'sender' as const };

let harness: Harness;
let ann: Person;
/** What the service was asked, in whose name. */
const asked: [name: string, input: unknown, actorId: string | undefined][] = [];
const lastAsked = () => asked.at(-1);

beforeAll(async () => {
  harness = await Harness.start();
  ann = harness.services.aPerson();
  const { bus } = harness.services;
  bus.answer(messages.notifications, (input, { actorId }) => {
    asked.push(['list', input, actorId]);
    return { items: [notification], nextCursor: null, unread: 1 };
  });
  bus.answer(messages.readNotifications, (input, { actorId }) => {
    asked.push(['read', input, actorId]);
    if (input.id !== undefined && input.id !== messageId) throw new AppError('message_not_found');
    return { unread: 0 };
  });
  bus.answer(messages.preferences, () => preferences);
  bus.answer(messages.setPreferences, (input, { actorId }) => {
    asked.push(['prefer', input, actorId]);
    if (input.ifVersion === 1) throw new AppError('stale_version');
    return { ...preferences, ...(input as Partial<typeof preferences>), version: 3 };
  });
  bus.answer(messages.setNotify, (input, { actorId }) => {
    asked.push(['notify', input, actorId]);
    if (input.roomId !== roomId) throw new AppError('not_a_member');
    return { roomId: input.roomId, level: input.level, notify: input.level === 'default' ? 'all' : input.level };
  });
  await bus.bus.connection.flush();
});
afterAll(cleanUp);

const put = (path: string, body: unknown, as: Person | undefined = ann) => harness.postJson(path, body, { method: 'PUT', as });
const codeOf = async (reply: Response) => [reply.status, ((await reply.json()) as { code: string }).code];
const get = (path: string, as: Person | undefined = ann) => harness.fetch(path, { as });

describe('notifications over HTTP', () => {
  it('are listed in the name of the caller, filtered as asked; mentions are one of the filters', async () => {
    const reply = await get('/api/me/notifications?filter=unread&limit=20');
    expect([reply.status, await reply.json()]).toEqual([200, { items: [notification], nextCursor: null, unread: 1 }]);
    expect(lastAsked()).toEqual(['list', { filter: 'unread', limit: 20 }, ann.userId]);
    expect((await get('/api/me/mentions')).status).toBe(200);
    expect(lastAsked()).toEqual(['list', { filter: 'mentions', limit: 50 }, ann.userId]);
  });

  it.each(['filter=loud', 'limit=0', 'limit=101'])('are not listed by %s, which says nothing', async (query) => {
    expect(await codeOf(await get(`/api/me/notifications?${query}`))).toEqual([422, 'validation_failed']);
  });

  it('are read all, up to one of them or a moment, or one alone, and not by two of these', async () => {
    const read = (body: object) => harness.postJson('/api/me/notifications/read', body, { as: ann });
    for (const body of [{}, { upTo: messageId }, { upTo: notification.at }, { id: messageId }]) {
      const reply = await read(body);
      expect([reply.status, await reply.json()]).toEqual([200, { unread: 0 }]);
      expect(lastAsked()).toEqual(['read', body, ann.userId]);
    }
    expect(await codeOf(await read({ upTo: messageId, id: messageId }))).toEqual([422, 'validation_failed']);
    expect(await codeOf(await read({ upTo: 'yesterday' }))).toEqual([422, 'validation_failed']);
    expect(await codeOf(await read({ id: uuidv7() }))).toEqual([404, 'message_not_found']);
  });

  it('are wanted as preferences say, of which a change names what it changes', async () => {
    expect(await (await get('/api/me/preferences')).json()).toEqual(preferences);
    const wish = { notify: 'mentions', dndUntil: '2026-01-02T03:04:05.000Z' };
    expect(await (await put('/api/me/preferences', wish)).json()).toEqual({ ...preferences, ...wish, version: 3 });
    expect(lastAsked()).toEqual(['prefer', wish, ann.userId]);
    expect(await codeOf(await put('/api/me/preferences', { sound: false, ifVersion: 1 }))).toEqual([412, 'stale_version']);
    const hours = { from: '25:00', to: '07:00', timeZone: 'Europe/Berlin' };
    for (const body of [{ notify: 'some' }, { quietHours: hours }, { dndUntil: 'soon' }])
      expect(await codeOf(await put('/api/me/preferences', body))).toEqual([422, 'validation_failed']);
  });

  it('have a level in a room of the caller, for good or until a time', async () => {
    const level = { level: 'nothing', until: '2026-01-02T03:04:05.000Z' };
    expect((await put(`/api/rooms/${roomId}/notify`, level)).status).toBe(200);
    expect(lastAsked()).toEqual(['notify', { ...level, roomId }, ann.userId]);
    expect(await codeOf(await put(`/api/rooms/${roomId}/notify`, { level: 'loud' }))).toEqual([422, 'validation_failed']);
    expect(await codeOf(await put(`/api/rooms/${uuidv7()}/notify`, { level: 'all' }))).toEqual([403, 'not_a_member']);
    expect(await codeOf(await put('/api/rooms/nowhere/notify', { level: 'all' }))).toEqual([404, 'room_not_found']);
  });

  it.each([
    ['GET', '/api/me/notifications'],
    ['GET', '/api/me/mentions'],
    ['POST', '/api/me/notifications/read'],
    ['GET', '/api/me/preferences'],
    ['PUT', '/api/me/preferences'],
    ['PUT', `/api/rooms/${roomId}/notify`],
  ])('are nobody’s without signing in: %s %s', async (method, path) => {
    const before = asked.length;
    expect(await codeOf(await harness.fetch(path, { method }))).toEqual([401, 'unauthenticated']);
    expect(asked).toHaveLength(before);
  });
});
