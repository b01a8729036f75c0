import { AppError, messages } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { v7 as uuidv7 } from 'uuid';
import { Harness } from '../../test/harness.ts';
import type { Person } from '../../test/fake-services.ts';

const endpoint = 'https://push.example.org/abc';
const keys = { p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) };
const path = '/api/me/push-subscriptions';

let harness: Harness;
let ann: Person;
let pushes = true;
const known = new Set<string>();
const sessions: (string | undefined)[] = [];
const removed: (string | undefined)[] = [];

beforeAll(async () => {
  harness = await Harness.start();
  ann = harness.services.aPerson();
  const { bus } = harness.services;
  bus.answer(messages.pushKey, () => {
    if (!pushes) throw new AppError('not_found');
    return { key: 'BKey' };
  });
  bus.answer(messages.subscribePush, (input, { sessionId }) => {
    sessions.push(sessionId);
    const isNew = !known.has(input.endpoint);
    known.add(input.endpoint);
    return { id: uuidv7(), endpoint: input.endpoint, createdAt: new Date().toISOString(), isNew };
  });
  bus.answer(messages.unsubscribePush, (input) => {
    removed.push(input.endpoint);
    return {};
  });
  await bus.bus.connection.flush();
});
afterAll(cleanUp);

describe('Web Push', () => {
  it('tells anyone the key, or that there is none', async () => {
    expect(await (await harness.fetch('/api/push/key')).json()).toEqual({ key: 'BKey' });
    pushes = false;
    expect((await harness.fetch('/api/push/key')).status).toBe(404);
  });

  it('subscribes a device for the session that asks: 201, and 200 for the same again', async () => {
    const first = await harness.postJson(path, { endpoint, expirationTime: null, keys }, { as: ann });
    expect(first.status).toBe(201);
    expect(await first.json()).toEqual({ id: expect.any(String), endpoint, createdAt: expect.any(String) });
    expect((await harness.postJson(path, { endpoint, keys }, { as: ann })).status).toBe(200);
    expect(sessions).toEqual([ann.sessionId, ann.sessionId]);
    expect((await harness.postJson(path, { endpoint, keys })).status).toBe(401);
    expect((await harness.postJson(path, { endpoint }, { as: ann })).status).toBe(422);
  });

  it('unsubscribes the device that is named in the body or the query, or all of them', async () => {
    const remove = async (query: string, body?: object) => {
      const token = await harness.services.token(ann);
      const headers = { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) };
      return harness.fetch(path + query, { method: 'DELETE', headers, ...(body && { body: JSON.stringify(body) }) });
    };
    const replies = [await remove('', { endpoint }), await remove(`?endpoint=${encodeURIComponent(endpoint)}`), await remove('')];
    expect(replies.map(({ status }) => status)).toEqual([204, 204, 204]);
    expect(removed).toEqual([endpoint, endpoint, undefined]);
  });
});
