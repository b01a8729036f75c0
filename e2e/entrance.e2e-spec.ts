import { randomUUID } from 'node:crypto';
import type { Invite, Member, Problem, Room } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { Person, request } from './support/person.ts';
import { Socket } from './support/socket.ts';

afterAll(cleanUp);

type InviteLink = Invite & { url: string };
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const join = (room: Room) => `/api/rooms/${room.id}/join`;

let [host, moderator, member, guest, stranger]: Person[] = [];
beforeAll(async () => {
  const names = ['host', 'moderator', 'member', 'guest', 'stranger'];
  [host, moderator, member, guest, stranger] = await Promise.all(names.map((name) => Person.register(name)));
});

/** A room with a moderator and a member; the guest and the stranger are not in it. */
async function aRoom(settings: object = {}): Promise<Room> {
  const room = await host!.createRoom({ topic: 'Steam', ...settings });
  await host!.do('POST', `/api/rooms/${room.id}/members`, { userIds: [moderator!.id, member!.id] });
  await host!.do('PATCH', `/api/rooms/${room.id}/members/${moderator!.id}`, { role: 'moderator' });
  return room;
}

const invite = (room: Room, options: object = {}) => moderator!.do<InviteLink>('POST', `/api/rooms/${room.id}/invites`, options);
const preview = async (code: string) => (await request('GET', `/api/invites/${code}`)).body;

describe('an invite', () => {
  it('tells whoever is signed out the room’s name and topic and whether it works, and nothing more', async () => {
    const room = await aRoom({ visibility: 'private', password: 'sesame' });
    const { code, url } = await invite(room);
    expect(new URL(url).pathname).toBe(`/invite/${code}`);
    expect(Buffer.from(code, 'base64url')).toHaveLength(16);
    expect(await preview(code)).toEqual({ roomId: room.id, name: room.name, topic: 'Steam', valid: true });
    const unknown = await request<Problem>('GET', `/api/invites/${randomUUID()}`);
    expect([unknown.status, unknown.body.code]).toEqual([404, 'invite_not_found']);
  });

  it('passes the password of a private room, as often as it may be used', async () => {
    const room = await aRoom({ visibility: 'private', password: 'sesame' });
    const { code: inviteCode } = await invite(room, { maxUses: 1 });
    const joined = await guest!.do<{ room: Room; member: Member }>('POST', join(room), { inviteCode });
    expect(joined).toMatchObject({ room: { id: room.id, me: { role: 'member' } }, member: { id: guest!.id } });
    await guest!.do('POST', join(room), { inviteCode });
    expect(await stranger!.refusal('POST', join(room), { inviteCode })).toEqual([403, 'invite_used_up']);
    expect(await preview(inviteCode)).toMatchObject({ valid: false, problem: 'used_up' });
  });

  it('says so when it was taken back', async () => {
    const room = await aRoom();
    const [one, other] = [await invite(room), await invite(room, { expiresAt: inSeconds(3600), maxUses: 3 })];
    expect(await host!.do('GET', `/api/rooms/${room.id}/invites`)).toMatchObject({
      items: [{ code: other.code, maxUses: 3, uses: 0 }, one],
    });
    await host!.do('DELETE', `/api/rooms/${room.id}/invites/${one.code}`);
    await host!.do('DELETE', `/api/rooms/${room.id}/invites/${one.code}`);
    expect(await guest!.refusal('POST', join(room), { inviteCode: one.code })).toEqual([403, 'invite_revoked']);
    await moderator!.do('DELETE', `/api/rooms/${room.id}/invites`);
    expect(await preview(other.code)).toMatchObject({ valid: false, problem: 'revoked' });
    expect(await host!.do('GET', `/api/rooms/${room.id}/invites`)).toEqual({ items: [] });
  });

  it('passes neither the lock nor a ban', async () => {
    const room = await aRoom({ visibility: 'private' });
    const { code: inviteCode } = await invite(room);
    await host!.do('POST', `/api/rooms/${room.id}/members/${guest!.id}/ban`, {});
    expect(await guest!.refusal('POST', join(room), { inviteCode })).toEqual([403, 'banned']);
    await host!.do('PATCH', `/api/rooms/${room.id}`, { locked: true });
    expect(await stranger!.refusal('POST', join(room), { inviteCode })).toEqual([403, 'room_locked']);
    expect(await preview(inviteCode)).toMatchObject({ valid: false, problem: 'room_locked' });
  });

  it.each([
    ['an end that has passed', { expiresAt: inSeconds(-60) }],
    ['no uses', { maxUses: 0 }],
    ['half a use', { maxUses: 1.5 }],
    ['an end that is no time', { expiresAt: 'tomorrow' }],
  ])('is not made with %s', async (_case, options) => {
    const room = await aRoom();
    expect(await moderator!.refusal('POST', `/api/rooms/${room.id}/invites`, options)).toEqual([422, 'validation_failed']);
  });

  it('is for moderators and the host to make, list and take back', async () => {
    const room = await aRoom();
    for (const method of ['GET', 'POST', 'DELETE']) {
      const body = method === 'POST' ? {} : undefined;
      expect(await member!.refusal(method, `/api/rooms/${room.id}/invites`, body)).toEqual([403, 'forbidden']);
    }
  });
});

describe('the lobby', () => {
  it('keeps who joins waiting with the room’s name and topic, and opens to them live once a moderator admits them', async () => {
    const room = await aRoom({ lobby: true });
    const [inside, outside] = [await Socket.connect(moderator!), await Socket.connect(guest!)];
    const asked = await guest!.call('POST', join(room), {});
    expect(asked.status).toBe(202);
    expect(asked.body).toMatchObject({ status: 'waiting', room: { name: room.name, topic: 'Steam' } });
    expect(JSON.stringify(asked.body)).not.toContain(host!.id);
    await inside.next('lobby', (data) => data['userId'] === guest!.id && data['waiting'] === 1);
    expect(await guest!.refusal('GET', `/api/rooms/${room.id}/messages`)).toEqual([403, 'not_a_member']);
    const { items } = await moderator!.do<{ items: { id: string; requestedAt: string }[] }>('GET', `/api/rooms/${room.id}/lobby`);
    expect(items).toMatchObject([{ id: guest!.id, username: guest!.user.username }]);

    const admit = `/api/rooms/${room.id}/lobby/${guest!.id}/admit`;
    expect(await member!.refusal('POST', admit)).toEqual([403, 'forbidden']);
    await moderator!.do('POST', admit);
    await moderator!.do('POST', admit);
    await outside.next('room.joined', (data) => JSON.stringify(data).includes(room.id));
    expect(await outside.next('lobby', (data) => data['status'] === 'admitted')).not.toHaveProperty('data.waiting');
    await guest!.say(room, 'thank you');
  });

  it('turns away as often as it is asked, and admits nobody who does not wait', async () => {
    const room = await aRoom({ lobby: true });
    const outside = await Socket.connect(guest!);
    await guest!.call('POST', join(room), {});
    const about = (act: string) => `/api/rooms/${room.id}/lobby/${guest!.id}/${act}`;
    await moderator!.do('POST', about('deny'));
    await moderator!.do('POST', about('deny'));
    await outside.next('lobby', (data) => data['roomId'] === room.id && data['status'] === 'denied');
    expect(await moderator!.refusal('POST', about('admit'))).toEqual([404, 'not_waiting']);
    expect(await moderator!.do('GET', `/api/rooms/${room.id}/lobby`)).toEqual({ items: [] });
  });

  it('lets everyone in at once', async () => {
    const room = await aRoom({ lobby: true });
    for (const person of [guest!, stranger!]) expect((await person.call('POST', join(room), {})).status).toBe(202);
    expect(await member!.refusal('POST', `/api/rooms/${room.id}/lobby/admit-all`)).toEqual([403, 'forbidden']);
    const { admitted } = await moderator!.do<{ admitted: string[] }>('POST', `/api/rooms/${room.id}/lobby/admit-all`);
    expect(admitted).toEqual([guest!.id, stranger!.id]);
    expect((await host!.do<Room>('GET', `/api/rooms/${room.id}`)).memberCount).toBe(5);
  });
});

describe('a private room', () => {
  it('does not exist for a stranger who asks to join, whatever they send', async () => {
    const nowhere = randomUUID();
    for (const settings of [{}, { password: 'sesame' }, { password: 'sesame', locked: true }, { lobby: true }]) {
      const room = await aRoom({ visibility: 'private', ...settings });
      for (const body of [{}, { password: 'guess' }, { inviteCode: randomUUID() }]) {
        const [there, elsewhere] = [
          await stranger!.call<Problem>('POST', join(room), body),
          await stranger!.call<Problem>('POST', `/api/rooms/${nowhere}/join`, body),
        ];
        expect(there.status).toBe(404);
        expect([there.status, there.body.code, there.body.detail]).toEqual([elsewhere.status, elsewhere.body.code, elsewhere.body.detail]);
      }
    }
  });

  it('opens to who knows its password', async () => {
    const room = await aRoom({ visibility: 'private', password: 'sesame' });
    await guest!.do('POST', join(room), { password: 'sesame' });
  });
});

describe('adding people', () => {
  it('brings them in at once, tells them, and leaves out who is banned', async () => {
    const room = await aRoom({ visibility: 'private', password: 'sesame' });
    await host!.do('POST', `/api/rooms/${room.id}/members/${stranger!.id}/ban`, {});
    const socket = await Socket.connect(guest!);
    const path = `/api/rooms/${room.id}/members`;
    const added = await moderator!.do('POST', path, { userIds: [guest!.id, stranger!.id, randomUUID()] });
    expect(added).toMatchObject({ items: [{ id: guest!.id, role: 'member' }] });
    await socket.next('room.joined', (data) => JSON.stringify(data).includes(room.id));
    await guest!.say(room, 'so here I am');
    expect(await moderator!.refusal('POST', path, { userIds: [stranger!.id] })).toEqual([403, 'banned']);
    expect(await member!.refusal('POST', path, { userIds: [stranger!.id] })).toEqual([403, 'forbidden']);
    expect(await moderator!.refusal('POST', path, { userIds: [] })).toEqual([422, 'validation_failed']);
    expect(await moderator!.refusal('POST', path, { userIds: Array.from({ length: 51 }, () => randomUUID()) })).toEqual([
      422,
      'validation_failed',
    ]);
    await guest!.do('POST', `/api/rooms/${room.id}/leave`, {});
  });
});
