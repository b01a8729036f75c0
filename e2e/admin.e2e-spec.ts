import type { AdminRoom, AdminUser, AuditEntry, Room, User } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import pg from 'pg';
import { PASSWORD, Person, request } from './support/person.ts';
import { Socket } from './support/socket.ts';
import { readStack } from './support/stack.ts';

afterAll(cleanUp);

type Grant = { user: User; accessToken: string; code?: string };
const logIn = (username: string) =>
  request<Grant>('POST', '/api/auth/login', { body: { username, password: PASSWORD, tokenTransport: 'body' } });

/** The token of somebody whom the operator of this stack has made admin. */
async function anAdmin(): Promise<string> {
  const person = await Person.register('root');
  const database = new pg.Client((await readStack()).env['DATABASE_URL']!);
  await database.connect();
  await database.query(`update accounts.users set role = 'admin' where id = $1`, [person.id]);
  await database.end();
  return (await logIn(person.user.username)).body.accessToken;
}

describe('an admin', () => {
  let token: string;
  let ann: Person;
  let ben: Person;
  let room: Room;

  const admin = <T>(method: string, path: string, body?: unknown) => request<T>(method, `/api/admin${path}`, { token, body });

  beforeAll(async () => {
    [token, ann, ben] = await Promise.all([anAdmin(), Person.register('ann'), Person.register('ben')]);
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

  it('is nobody to everybody else', async () => {
    expect(await ben.refusal('GET', '/api/admin/users')).toEqual([404, 'not_found']);
    expect(await ben.refusal('PATCH', `/api/admin/users/${ben.id}`, { role: 'admin', reason: 'please' })).toEqual([404, 'not_found']);
  });
});
