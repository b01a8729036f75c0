import { accountEvents, type Scope } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { TestClient } from '../test/client.ts';
import type { Person } from '../test/fake-services.ts';
import { Harness } from '../test/harness.ts';
import { declaredEndpoints } from './endpoints.ts';

const LIVE: Scope[] = ['rooms:read', 'messages:read'];
let gateway: Harness;
let ann: Person;

beforeAll(async () => {
  gateway = await Harness.start();
  ann = gateway.services.aPerson();
});
afterAll(cleanUp);

const fetchWith = (token: string, path: string, method = 'GET') =>
  fetch(`${gateway.url}${path}`, { method, headers: { authorization: `Bearer ${token}` } });
const codeOf = async (reply: Response) => (reply.ok ? reply.status : ((await reply.json()) as { code: string }).code);
const pathOf = (path: string) => path.replace(/:\w+/g, '0190a5c0-0000-7000-8000-000000000000');

describe('a personal access token', () => {
  it.each(declaredEndpoints.filter((endpoint) => !endpoint.public && endpoint.scope !== 'any').map(({ method, path }) => [method, path]))(
    'without the scope is refused at %s %s',
    async (method, path) => {
      const endpoint = declaredEndpoints.find((one) => one.method === method && one.path === path)!;
      const required = endpoint.public ? [] : [endpoint.scope].flat();
      const others = (['rooms:read', 'rooms:write', 'messages:read', 'messages:write', 'files:read', 'files:write'] as const).filter(
        (scope) => !required.includes(scope),
      );
      const { token } = gateway.services.aPersonalToken(ann, [...others]);
      expect(await codeOf(await fetchWith(token, pathOf(path!), method))).toBe('insufficient_scope');
    },
  );

  it('reads a room with the scope for it', async () => {
    const { record } = gateway.services.aRoom([ann]);
    const { token } = gateway.services.aPersonalToken(ann, ['rooms:read']);
    expect((await fetchWith(token, `/api/rooms/${record.id}`)).status).toBe(200);
  });

  it('cannot manage tokens, whatever its scopes, while who signed in can', async () => {
    const { token } = gateway.services.aPersonalToken(ann, [...LIVE, 'admin'], { role: 'admin' });
    expect(await codeOf(await fetchWith(token, '/api/me/tokens'))).toBe('insufficient_scope');
    expect((await gateway.fetch('/api/me/tokens', { as: ann })).status).toBe(200);
  });

  it.each([
    ['that nobody was given', () => 'atrium_unknown'],
    ['that has expired', () => gateway.services.aPersonalToken(ann, LIVE, { expiresAt: new Date(Date.now() - 1).toISOString() }).token],
  ])('is refused, one %s', async (_what, aToken) => {
    expect(await codeOf(await fetchWith(aToken(), '/api/rooms'))).toBe('unauthenticated');
  });

  it('is asked about once, and refused everywhere once it is revoked', async () => {
    const { token, id } = gateway.services.aPersonalToken(ann, LIVE);
    gateway.services.calls.length = 0;
    for (let i = 0; i < 3; i++) expect((await fetchWith(token, '/api/rooms')).status).toBe(200);
    expect(gateway.services.calls.filter((call) => call === 'checkToken')).toHaveLength(1);
    const socket = await TestClient.signedIn(gateway.socketUrl, { token });
    gateway.services.revoke(id);
    await gateway.services.bus.tell(accountEvents.sessionEnded, { sessionId: id, userId: ann.userId });
    expect(await socket.closed()).toBe(4403);
    await waitFor(async () => (await fetchWith(token, '/api/rooms')).status === 401);
  });

  it('opens a socket that may do what the token may, and no more', async () => {
    const room = gateway.services.aRoom([ann]);
    const { token } = gateway.services.aPersonalToken(ann, LIVE);
    const socket = await TestClient.signedIn(gateway.socketUrl, { token });
    socket.send('focus', { roomId: room.record.id }, 'a');
    await socket.ack('a');
    const draft = { roomId: room.record.id, clientId: '0190a5c0-0000-7000-8000-000000000001', body: 'hello' };
    socket.send('message.send', draft, 'b');
    expect(await socket.refusal('b')).toMatchObject({ code: 'insufficient_scope', status: 403 });
    const writer = await TestClient.signedIn(gateway.socketUrl, {
      token: gateway.services.aPersonalToken(ann, [...LIVE, 'messages:write']).token,
    });
    writer.send('message.send', draft, 'c');
    expect(await writer.ack('c')).toHaveProperty('messageId');
  });

  it('that reads no messages opens no socket, and says why', async () => {
    const socket = new TestClient(gateway.socketUrl);
    await socket.opened();
    socket.send('auth', { token: gateway.services.aPersonalToken(ann, ['rooms:read']).token });
    expect(await socket.closed()).toBe(4401);
    expect(socket.all('error')).toEqual([expect.objectContaining({ code: 'insufficient_scope' })]);
  });
});
