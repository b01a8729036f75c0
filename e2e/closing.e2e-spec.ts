import type { Member, Message, Room } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { TOTP } from 'otpauth';
import { PASSWORD, Person, request } from './support/person.ts';
import { Socket } from './support/socket.ts';

afterAll(cleanUp);

let ann: Person;
let ben: Person;
let room: Room;
beforeEach(async () => {
  [ann, ben] = await Promise.all([Person.register('ann'), Person.register('ben')]);
  room = await ann.createRoom();
  await ben.join(room);
});

const close = (person: Person, more: object = {}) => person.call('DELETE', '/api/me', { password: PASSWORD, ...more });
const membersOf = async (person: Person) => (await person.do<{ items: Member[] }>('GET', `/api/rooms/${room.id}/members`)).items;
const nameOf = async (person: Person) => {
  const { items } = await ben.do<{ items: { displayName: string; username: string }[] }>('GET', `/api/users?ids=${person.id}`);
  return items[0];
};

describe('closing one’s account', () => {
  it('ends its sockets, sessions and tokens, hands its room over, and keeps what was said under another name', async () => {
    const said = await ann.say(room, 'The harbour opens at six');
    const { token } = await ann.do<{ token: string }>('POST', '/api/me/tokens', { name: 'Script', scopes: ['rooms:read'] });
    const socket = await Socket.connect(ann);
    expect((await close(ann)).status).toBe(204);
    expect(await socket.closed()).toBe(4403);
    expect((await request('GET', '/api/rooms', { token })).status).toBe(401);
    expect((await ann.call('GET', '/api/me')).status).toBe(401);
    const login = await request('POST', '/api/auth/login', { body: { username: ann.user.username, password: PASSWORD } });
    expect(login.body['code']).toBe('wrong_credentials');
    await waitFor(async () => (await ben.do<Room>('GET', `/api/rooms/${room.id}`)).hostId === ben.id, { withinMs: 30_000 });
    expect((await membersOf(ben)).map(({ id }) => id)).toEqual([ben.id]);
    expect((await ben.messages(room)).find(({ id }) => id === said.id)).toMatchObject({
      authorId: ann.id,
      body: 'The harbour opens at six',
    });
    expect(await nameOf(ann)).toMatchObject({ displayName: 'Former member', username: expect.stringMatching(/^former-/) });
  });

  it('erases what was said, and the files, where that is asked', async () => {
    const said = await ann.say(room, 'Forget this');
    const file = await ann.upload(room, 'plan.txt', 'Forget this too');
    const socket = await Socket.connect(ben);
    expect((await close(ann, { messages: 'erase' })).status).toBe(204);
    await socket.entry(room.id, (entry) => entry.type === 'message.deleted' && entry.messageId === said.id);
    const left = (await ben.messages(room)).find(({ id }) => id === said.id) as Message;
    expect([left.body, left.deletedAt]).toEqual(['', expect.any(String)]);
    await waitFor(async () => (await ben.call('GET', `/api/rooms/${room.id}/files/${file.id}`)).status === 404, { withinMs: 30_000 });
  });

  it('gives its name to nobody else, and is found by nobody', async () => {
    await close(ann);
    const again = await request('POST', '/api/auth/register', { body: { username: ann.user.username, password: PASSWORD } });
    expect([again.status, again.body['code']]).toEqual([409, 'username_taken']);
    expect(await ben.do('GET', `/api/users?query=${ann.user.username}`)).toMatchObject({ items: [] });
    const added = await ben.createRoom();
    expect(await ben.refusal('POST', `/api/rooms/${added.id}/members`, { userIds: [ann.id] })).toEqual([404, 'user_not_found']);
  });

  it('takes the password, and changes nothing without it', async () => {
    const refused = await ann.call('DELETE', '/api/me', { password: 'not my password' });
    expect([refused.status, refused.body['code']]).toEqual([403, 'wrong_password']);
    expect(await ann.do('GET', '/api/me')).toMatchObject({ username: ann.user.username });
    expect((await membersOf(ben)).map(({ id }) => id).sort()).toEqual([ann.id, ben.id].sort());
  });

  it('takes a code as well from who has a second factor', async () => {
    const { secret } = await ann.do<{ secret: string }>('POST', '/api/me/two-factor', {});
    const code = new TOTP({ secret, algorithm: 'SHA1', digits: 6, period: 30 }).generate();
    const { recoveryCodes } = await ann.do<{ recoveryCodes: string[] }>('POST', '/api/me/two-factor', { code });
    const missing = await close(ann);
    expect([missing.status, missing.body['code']]).toEqual([401, 'two_factor_required']);
    const used = await close(ann, { code });
    expect([used.status, used.body['code']]).toEqual([401, 'wrong_code']);
    expect((await close(ann, { code: recoveryCodes[0] })).status).toBe(204);
  });

  it('leaves direct rooms to the others, with what was said in them', async () => {
    const direct = await ann.do<Room>('POST', '/api/rooms/direct', { userIds: [ben.id] });
    await ann.say(direct, 'Between us');
    await close(ann);
    await waitFor(async () => (await nameOf(ann))?.displayName === 'Former member');
    expect((await ben.messages(direct)).map(({ body }) => body)).toContain('Between us');
  });
});

it('a moderator cannot bring somebody into a room whose account is disabled', async () => {
  const admin = await Person.admin();
  await admin.do('PATCH', `/api/admin/users/${ben.id}`, { disabled: true, reason: 'left the company' });
  const other = await ann.createRoom();
  expect(await ann.refusal('POST', `/api/rooms/${other.id}/members`, { userIds: [ben.id] })).toEqual([404, 'user_not_found']);
});
