import type { AdminPurge, AdminRoom, AdminUser, AuditEntry, Room, User } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { PASSWORD, Person, request } from './support/person.ts';
import { Socket } from './support/socket.ts';

afterAll(cleanUp);

type Grant = { user: User; accessToken: string; code?: string };
const logIn = (username: string) =>
  request<Grant>('POST', '/api/auth/login', { body: { username, password: PASSWORD, tokenTransport: 'body' } });

describe('an admin', () => {
  let token: string;
  let ann: Person;
  let ben: Person;
  let room: Room;

  const admin = <T>(method: string, path: string, body?: unknown) => request<T>(method, `/api/admin${path}`, { token, body });

  beforeAll(async () => {
    [{ token }, ann, ben] = await Promise.all([Person.admin(), Person.register('ann'), Person.register('ben')]);
    room = await ann.do<Room>('POST', '/api/rooms', { name: 'Harbour' });
    await ben.do('POST', `/api/rooms/${room.id}/join`, {});
  });

  it('shuts an account: its socket closes, it cannot sign in, and its room has another host', async () => {
    const socket = await Socket.connect(ann);
    const reply = await admin<AdminUser>('PATCH', `/users/${ann.id}`, { disabled: true, reason: 'left the company' });
    expect([reply.status, reply.body.disabledReason]).toEqual([200, 'left the company']);
    await waitFor(() => socket.closeCode === 4403);
    expect((await logIn(ann.user.username)).body.code).toBe('account_disabled');
    await waitFor(async () => (await ben.do<Room>('GET', `/api/rooms/${room.id}`)).hostId === ben.id);
  });

  it('opens the account again, and a room that was archived under a host who was not in it', async () => {
    await ben.do('POST', `/api/rooms/${room.id}/leave`, {});
    await admin('PATCH', `/users/${ann.id}`, { disabled: false, reason: 'is back' });
    expect((await logIn(ann.user.username)).status).toBe(200);
    await admin('PATCH', `/rooms/${room.id}`, { archived: true, reason: 'nobody answers there' });
    const restored = await admin<AdminRoom>('PATCH', `/rooms/${room.id}`, { archived: false, hostId: ben.id, reason: 'wanted back' });
    expect(restored.body).toMatchObject({ archivedAt: null, hostId: ben.id });
    expect((await ben.do<Room>('GET', `/api/rooms/${room.id}`)).me?.role).toBe('host');
  });

  it('finds all of it in the audit log, and in its export', async () => {
    const { body } = await admin<{ items: AuditEntry[] }>('GET', `/audit?targetId=${ann.id}&action=user`);
    expect(body.items.map(({ action, reason }) => [action, reason])).toEqual([
      ['user.restored', 'is back'],
      ['user.disabled', 'left the company'],
    ]);
    const exported = await admin<string>('GET', `/audit?roomId=${room.id}&format=jsonl`);
    const actions = exported.body
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as AuditEntry).action);
    expect(actions).toEqual(expect.arrayContaining(['room.restored', 'host.disabled', 'room.created']));
  });

  it('deletes a message with a reason that its room reads, and reads it again only as the room sees', async () => {
    const room = await ben.do<Room>('POST', '/api/rooms', { name: 'Wharf' });
    const { id: messageId } = await ben.do<{ id: string }>('POST', `/api/rooms/${room.id}/messages`, { body: 'buy now' });
    const found = await admin<{ items: { id: string; body: string | null; roomName: string }[] }>('GET', `/messages?roomId=${room.id}`);
    expect(found.body.items).toMatchObject([{ id: messageId, body: null, roomName: 'Wharf' }]);
    expect((await admin('DELETE', `/messages/${messageId}`)).status).toBe(422);
    expect((await admin('DELETE', `/messages/${messageId}`, { reason: 'spam' })).status).toBe(204);
    const read = await admin<{ body: string }>('GET', `/messages/${messageId}/deleted?reason=a%20complaint`);
    expect([read.status, read.body.body]).toEqual([200, 'buy now']);
    const { items } = await ben.do<{ items: { type: string; reason?: string }[] }>('GET', `/api/rooms/${room.id}/events?after=0`);
    expect(items.filter(({ reason }) => reason !== undefined).map(({ type, reason }) => [type, reason])).toEqual([
      ['message.deleted', 'spam'],
      ['messages.inspected', 'a complaint'],
    ]);
    const log = await ben.do<{ items: { action: string }[] }>('GET', `/api/rooms/${room.id}/audit`);
    expect(log.items.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['message.deleted_read', 'message.deleted', 'room.created']),
    );
  });

  it('finds what the bot was told beside what was done in the room', async () => {
    const room = await ben.do<Room>('POST', '/api/rooms', { name: 'Pier' });
    await ben.do('PUT', `/api/rooms/${room.id}/keywords`, { keyword: 'tide', answer: 'At noon.' });
    const log = await ben.do<{ items: { action: string; actor: { id: string } }[] }>('GET', `/api/rooms/${room.id}/audit?limit=1`);
    expect(log.items).toMatchObject([{ action: 'keyword.put', actor: { id: ben.id } }]);
  });

  it('purges a room, which is there for nobody any more and has nothing left', async () => {
    const room = await ben.do<Room>('POST', '/api/rooms', { name: 'Sunken' });
    await ben.do('POST', `/api/rooms/${room.id}/messages`, { body: 'soon gone' });
    expect((await admin('POST', `/rooms/${room.id}/purge`, {})).status).toBe(422);
    expect((await admin('POST', `/rooms/${room.id}/purge`, { reason: 'illegal' })).body).toEqual({ purged: true });
    expect((await admin('POST', `/rooms/${room.id}/purge`, { reason: 'again' })).body).toEqual({ purged: true });
    expect(await ben.refusal('GET', `/api/rooms/${room.id}`)).toEqual([404, 'room_not_found']);
    expect(await ben.refusal('GET', `/api/rooms/${room.id}/messages`)).toEqual([404, 'room_not_found']);
    expect((await admin('GET', `/rooms/${room.id}`)).status).toBe(404);
    const empty = async () => (await admin<{ items: unknown[] }>('GET', `/messages?roomId=${room.id}`)).body.items.length === 0;
    await waitFor(empty, { withinMs: 30_000, what: 'the messages to be gone' });
    const follow = async () => (await admin<{ items: AdminPurge[] }>('GET', `/purges?roomId=${room.id}`)).body.items;
    await waitFor(async () => (await follow())[0]?.done, { withinMs: 30_000, what: 'every service to be done' });
    const gone = { done: true, left: 0 };
    expect(await follow()).toMatchObject([
      { name: 'Sunken', reason: 'illegal', parts: { people: gone, messages: gone, files: gone, bot: { done: true, left: null } } },
    ]);
    const { body } = await admin<{ items: AuditEntry[] }>('GET', `/audit?roomId=${room.id}&action=room`);
    expect(body.items.map(({ action, reason }) => [action, reason])).toEqual(
      expect.arrayContaining([
        ['room.purged', 'illegal'],
        ['room.purge_asked', 'illegal'],
      ]),
    );
  });

  it('sees every process with its health and its settings, and no secret', async () => {
    const { body } = await admin<{
      processes: { name: string; instances: { ready: boolean; settings: { name: string; value: string | null }[] }[] }[];
    }>('GET', '/system');
    expect(body.processes.map(({ name }) => name)).toEqual(['gateway', 'accounts', 'rooms', 'messages', 'files', 'files-worker', 'bot']);
    expect(body.processes.filter(({ instances }) => instances.length === 0 || !instances.every(({ ready }) => ready))).toEqual([]);
    const settings = body.processes.flatMap(({ instances }) => instances.flatMap((instance) => instance.settings));
    expect(settings.find(({ name }) => name === 'BUS_KEY')).toMatchObject({ value: null, isSecret: true, source: 'environment' });
    for (const { value } of settings) expect(value ?? '').not.toMatch(/:\/\/[^/]*@/);
  });

  it('is nobody to everybody else', async () => {
    expect(await ben.refusal('GET', '/api/admin/users')).toEqual([404, 'not_found']);
    expect(await ben.refusal('PATCH', `/api/admin/users/${ben.id}`, { role: 'admin', reason: 'please' })).toEqual([404, 'not_found']);
  });
});
