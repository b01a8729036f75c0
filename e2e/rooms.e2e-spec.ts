import { randomUUID } from 'node:crypto';
import type { Member, Room } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { Person } from './support/person.ts';
import { Socket } from './support/socket.ts';

afterAll(cleanUp);

describe('rooms', () => {
  let [host, member, outsider]: Person[] = [];
  let room: Room;
  beforeAll(async () => {
    [host, member, outsider] = [await Person.register('host'), await Person.register('member'), await Person.register('outsider')];
  });
  beforeEach(async () => {
    room = await host!.createRoom({ password: 'open sesame', topic: 'Engines' });
    await member!.join(room, { password: 'open sesame' });
  });

  it('are created with their creator as host and the first entry of the log', async () => {
    const mine = await host!.do<Room>('GET', `/api/rooms/${room.id}`);
    expect(mine).toMatchObject({ topic: 'Engines', hasPassword: true, hostId: host!.id, memberCount: 2, me: { role: 'host', unread: 0 } });
    expect(JSON.stringify(mine)).not.toContain('sesame');
    const { items } = await host!.do<{ items: { seq: number; type: string }[] }>('GET', `/api/rooms/${room.id}/events?after=0`);
    expect(items.map(({ seq, type }) => [seq, type])).toEqual([
      [1, 'member.joined'],
      [2, 'member.joined'],
    ]);
  });

  it('let in with the right password only, and stop guessing', async () => {
    expect(await outsider!.refusal('POST', `/api/rooms/${room.id}/join`, { password: 'wrong' })).toEqual([403, 'wrong_password']);
    expect(await outsider!.refusal('POST', `/api/rooms/${room.id}/join`, {})).toEqual([403, 'wrong_password']);
    for (let i = 0; i < 4; i++) await outsider!.call('POST', `/api/rooms/${room.id}/join`, { password: `guess ${i}` });
    const refused = await outsider!.call<{ code: string }>('POST', `/api/rooms/${room.id}/join`, { password: 'open sesame' });
    expect([refused.status, refused.body.code]).toEqual([429, 'too_many_attempts']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('hide what a private room is from who is not in it', async () => {
    const secret = await host!.createRoom({ visibility: 'private' });
    const nowhere = randomUUID();
    for (const path of ['', '/members', '/messages', '/files', '/pins', '/events?after=0']) {
      const [there, notThere] = [
        await outsider!.refusal('GET', `/api/rooms/${secret.id}${path}`),
        await outsider!.refusal('GET', `/api/rooms/${nowhere}${path}`),
      ];
      expect([path, ...there]).toEqual([path, ...notThere]);
      expect(there).toEqual([404, 'room_not_found']);
    }
    const { items } = await outsider!.do<{ items: Room[] }>('GET', '/api/rooms?scope=discover&limit=100');
    expect(items.map((found) => found.id)).not.toContain(secret.id);
  });

  it('show a public room without its content to who is not in it', async () => {
    await host!.say(room, 'members only');
    const seen = await outsider!.do<Room>('GET', `/api/rooms/${room.id}`);
    expect(seen.me).toBeUndefined();
    expect(seen.lastMessage).toBeUndefined();
    expect(await outsider!.refusal('GET', `/api/rooms/${room.id}/messages`)).toEqual([403, 'not_a_member']);
  });

  it('take settings from the host and from nobody else', async () => {
    expect(await member!.refusal('PATCH', `/api/rooms/${room.id}`, { topic: 'mine' })).toEqual([403, 'forbidden']);
    expect(await host!.refusal('PATCH', `/api/rooms/${room.id}`, { slowModeSeconds: -1 })).toEqual([422, 'validation_failed']);
    const changed = await host!.do<Room>('PATCH', `/api/rooms/${room.id}`, { topic: 'Analytical engines', password: null });
    expect(changed).toMatchObject({ topic: 'Analytical engines', hasPassword: false });
    await outsider!.join(room);
  });

  it('pass the host role on when the host leaves, and tell everyone', async () => {
    const socket = await Socket.connect(member!);
    const left = await host!.do<{ newHostId: string; archived: boolean }>('POST', `/api/rooms/${room.id}/leave`, {});
    expect(left).toEqual({ newHostId: member!.id, archived: false });
    await socket.entry(room.id, (entry) => entry.type === 'host.changed' && entry.hostId === member!.id);
    const { items } = await member!.do<{ items: Member[] }>('GET', `/api/rooms/${room.id}/members`);
    expect(items.map(({ id, role }) => [id, role])).toEqual([[member!.id, 'host']]);
    expect(await host!.refusal('GET', `/api/rooms/${room.id}/messages`)).toEqual([403, 'not_a_member']);
    expect(await member!.do('POST', `/api/rooms/${room.id}/leave`, {})).toMatchObject({ archived: true });
  });

  it('give and take roles, hand the host role over, and remove members', async () => {
    const path = `/api/rooms/${room.id}`;
    expect(await host!.do('PATCH', `${path}/members/${member!.id}`, { role: 'moderator' })).toMatchObject({ role: 'moderator' });
    expect(await member!.refusal('POST', `${path}/members/${host!.id}/kick`, {})).toEqual([403, 'forbidden']);
    await host!.do('POST', `${path}/host`, { userId: member!.id });
    const socket = await Socket.connect(host!);
    await member!.do('POST', `${path}/members/${host!.id}/kick`, { reason: 'enough' });
    await socket.next('room.removed', (data) => data['roomId'] === room.id);
    expect(await host!.refusal('POST', `${path}/messages`, { body: 'still here' })).toEqual([403, 'not_a_member']);
    const before = socket.frames.length;
    await member!.say(room, 'without you');
    socket.send('ping', {}, 'after');
    await socket.next('pong');
    expect(JSON.stringify(socket.frames.slice(before))).not.toContain('without you');
  });
});
