import type { Ban, Member, Room, RoomAuditEntry } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { Person } from './support/person.ts';
import { Socket } from './support/socket.ts';

afterAll(cleanUp);

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

let [host, moderator, peer, member, other, outsider]: Person[] = [];
beforeAll(async () => {
  const names = ['host', 'moderator', 'peer', 'member', 'other', 'outsider'];
  [host, moderator, peer, member, other, outsider] = await Promise.all(names.map((name) => Person.register(name)));
});

/** A room with two of each rank below the host. */
async function aRoom(settings: object = {}): Promise<Room> {
  const room = await host!.createRoom(settings);
  await host!.do('POST', `/api/rooms/${room.id}/members`, { userIds: [moderator!, peer!, member!, other!].map(({ id }) => id) });
  for (const { id } of [moderator!, peer!]) await host!.do('PATCH', `/api/rooms/${room.id}/members/${id}`, { role: 'moderator' });
  return room;
}

const about = (room: Room, person: Person, act: string) => `/api/rooms/${room.id}/members/${person.id}/${act}`;
const join = (room: Room) => `/api/rooms/${room.id}/join`;

describe.each(['kick', 'ban', 'mute', 'unmute'])('the right to %s', (act) => {
  it('works downward only: never sideways, upward, on oneself, by members or from outside', async () => {
    const room = await aRoom();
    for (const [actor, target] of [
      [moderator!, host!],
      [moderator!, peer!],
      [moderator!, moderator!],
      [host!, host!],
      [member!, other!],
      [member!, moderator!],
      [outsider!, member!],
    ] as const)
      expect(await actor.refusal('POST', about(room, target, act), {})).toEqual([403, 'forbidden']);
    expect((await host!.do<{ items: Member[] }>('GET', `/api/rooms/${room.id}/members`)).items).toHaveLength(5);
    await moderator!.do('POST', about(room, member!, act), {});
    await host!.do('POST', about(room, peer!, act), {});
  });
});

describe('a ban', () => {
  it('takes a member out with its reason, keeps them out until its end, stands in the list, and can be lifted', async () => {
    const room = await aRoom();
    const socket = await Socket.connect(member!);
    const until = inSeconds(3600);
    await moderator!.do('POST', about(room, member!, 'ban'), { reason: 'spam', until });
    const { data } = await socket.next('room.removed');
    expect(data).toEqual({ roomId: room.id, reason: 'banned', words: 'spam', until });
    expect(await member!.refusal('POST', `/api/rooms/${room.id}/messages`, { body: 'still here' })).toEqual([403, 'not_a_member']);
    expect(await member!.refusal('POST', join(room), {})).toEqual([403, 'banned']);
    await moderator!.do('POST', about(room, outsider!, 'ban'), {});
    const { items } = await moderator!.do<{ items: Ban[] }>('GET', `/api/rooms/${room.id}/bans`);
    expect(items.map(({ id }) => id)).toEqual([outsider!.id, member!.id]);
    expect(items[1]).toMatchObject({ username: member!.user.username, reason: 'spam', bannedBy: moderator!.id, until });
    expect(await other!.refusal('GET', `/api/rooms/${room.id}/bans`)).toEqual([403, 'forbidden']);
    expect(await outsider!.refusal('GET', `/api/rooms/${room.id}/bans`)).toEqual([403, 'not_a_member']);
    expect(await other!.refusal('POST', about(room, member!, 'unban'), {})).toEqual([403, 'forbidden']);
    for (let twice = 0; twice < 2; twice++) await moderator!.do('POST', about(room, member!, 'unban'), {});
    await member!.join(room);
  });

  it('ends by itself', async () => {
    const room = await aRoom();
    const until = inSeconds(2);
    await moderator!.do('POST', about(room, member!, 'ban'), { until });
    expect(await member!.refusal('POST', join(room), {})).toEqual([403, 'banned']);
    await ends(until);
    await member!.join(room);
  });
});

describe('a mute', () => {
  const blocked: [string, (room: Room) => [path: string, body: unknown]][] = [
    ['sending', (room) => [`/api/rooms/${room.id}/messages`, { body: 'hello' }]],
    ['typing', (room) => [`/api/rooms/${room.id}/typing`, { typing: true }]],
    ['uploading', (room) => [`/api/rooms/${room.id}/files`, aForm()]],
    ['commands', (room) => [`/api/rooms/${room.id}/commands`, { text: '/help' }]],
  ];

  it.each(blocked)('keeps a member from %s until it is lifted', async (_what, of) => {
    const room = await aRoom();
    await moderator!.do('POST', about(room, member!, 'mute'), { seconds: 600 });
    expect(await member!.refusal('POST', ...of(room))).toEqual([403, 'muted']);
    await moderator!.do('POST', about(room, member!, 'unmute'), {});
    await member!.do('POST', ...of(room));
  });

  it('leaves reading free, tells the room live, shows the muted person its end and reason, and ends by itself', async () => {
    const room = await aRoom();
    const socket = await Socket.connect(member!);
    const until = inSeconds(3);
    await moderator!.do('POST', about(room, member!, 'mute'), { until, reason: 'too loud' });
    await socket.entry(room.id, (entry) => entry.type === 'member.muted' && entry.userId === member!.id);
    const mine = await member!.do<Room>('GET', `/api/rooms/${room.id}`);
    expect(mine.me).toMatchObject({ mutedUntil: until, muteReason: 'too loud' });
    const { items } = await host!.do<{ items: Member[] }>('GET', `/api/rooms/${room.id}/members`);
    expect(items.find(({ id }) => id === member!.id)).toMatchObject({ mutedUntil: until });
    await host!.say(room, 'read this');
    expect((await member!.messages(room)).map(({ body }) => body)).toContain('read this');
    expect(await member!.refusal('POST', `/api/rooms/${room.id}/messages`, { body: 'early' })).toEqual([403, 'muted']);
    await ends(until);
    await member!.say(room, 'at last');
  });

  it.each([
    ['more than 28 days', { seconds: 28 * 86_400 + 1 }],
    ['an end more than 28 days ahead', { until: inSeconds(29 * 86_400) }],
    ['an end that has passed', { until: inSeconds(-60) }],
    ['a reason of 201 characters', { reason: 'x'.repeat(201) }],
  ])('is refused with %s', async (_case, term) => {
    const room = await aRoom();
    expect(await moderator!.refusal('POST', about(room, member!, 'mute'), term)).toEqual([422, 'validation_failed']);
  });
});

describe('slow mode', () => {
  it('makes members wait and says how long, while moderators write on', async () => {
    const room = await aRoom({ slowModeSeconds: 60 });
    await member!.say(room, 'one');
    const refused = await member!.call('POST', `/api/rooms/${room.id}/messages`, { body: 'two' });
    expect([refused.status, refused.body['code']]).toEqual([429, 'slow_mode']);
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    for (const person of [host!, moderator!]) for (const body of ['one', 'two']) await person.say(room, body);
    await other!.say(room, 'my own turn');
  });

  it('counts what a member has the bot say to the room as theirs, and says so to them alone', async () => {
    const room = await aRoom({ slowModeSeconds: 60 });
    const run = (person: Person, text: string) => person.call('POST', `/api/rooms/${room.id}/commands`, { text });
    await member!.say(room, 'one');
    const refused = await run(member!, '/poll Lunch? | Pizza | Soup');
    expect([refused.status, refused.body['code']]).toEqual([429, 'slow_mode']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await run(member!, '/who')).body).toHaveProperty('note');
    expect(await other!.refusal('POST', `/api/rooms/${room.id}/commands`, { text: '/poll Lunch? | Pizza' })).toEqual([
      422,
      'validation_failed',
    ]);
    const outcomes = await Promise.all(['/poll Lunch? | Pizza | Soup', '/status --public'].map((text) => run(other!, text)));
    expect(outcomes.map(({ status }) => status).sort()).toEqual([200, 429]);
    expect(await other!.refusal('POST', `/api/rooms/${room.id}/messages`, { body: 'two' })).toEqual([429, 'slow_mode']);
    for (const text of ['/who --public', '/status --public']) expect((await run(moderator!, text)).status).toBe(200);
  });
});

describe('a raised hand', () => {
  it('is seen live and in the list until its owner or a moderator lowers it', async () => {
    const room = await aRoom();
    const socket = await Socket.connect(moderator!);
    const path = `/api/rooms/${room.id}/hand`;
    expect((await member!.call('POST', path, { raised: true })).status).toBe(204);
    await socket.next('hand', (data) => data['userId'] === member!.id && typeof data['handRaisedAt'] === 'string');
    const handOf = async (person: Person) =>
      (await host!.do<{ items: Member[] }>('GET', `/api/rooms/${room.id}/members`)).items.find(({ id }) => id === person.id)?.handRaisedAt;
    expect(await handOf(member!)).toEqual(expect.any(String));
    expect(await other!.refusal('POST', path, { raised: false, userId: member!.id })).toEqual([403, 'forbidden']);
    await member!.do('POST', path, { raised: false });
    expect(await handOf(member!)).toBeUndefined();
    expect(await outsider!.refusal('POST', path, { raised: true })).toEqual([403, 'not_a_member']);
  });
});

describe('a favourite', () => {
  it('stands in the caller’s own list alone', async () => {
    const room = await aRoom();
    const favourite = async (person: Person) =>
      (await person.do<{ items: Room[] }>('GET', '/api/rooms?scope=joined&limit=100')).items.find(({ id }) => id === room.id)?.me
        ?.favourite ?? false;
    await member!.do('PUT', `/api/rooms/${room.id}/favourite`);
    expect([await favourite(member!), await favourite(other!)]).toEqual([true, false]);
    await member!.do('DELETE', `/api/rooms/${room.id}/favourite`);
    expect(await favourite(member!)).toBe(false);
    expect(await outsider!.refusal('PUT', `/api/rooms/${room.id}/favourite`)).toEqual([403, 'not_a_member']);
  });
});

describe('the room’s audit', () => {
  it('says who did what to whom, when and why, and answers by actor, target, action and time', async () => {
    const room = await aRoom();
    await moderator!.do('POST', about(room, member!, 'mute'), { seconds: 60, reason: 'too loud' });
    const between = new Date().toISOString();
    await host!.do('POST', about(room, other!, 'kick'), { reason: 'spam' });
    const audit = async (query = '') =>
      (await moderator!.do<{ items: RoomAuditEntry[] }>('GET', `/api/rooms/${room.id}/audit${query}`)).items;
    const [latest, former] = await audit();
    expect(latest).toMatchObject({ actorId: host!.id, targetId: other!.id, reason: 'spam', target: { username: other!.user.username } });
    expect(former).toMatchObject({ action: 'member.muted', actorId: moderator!.id, targetId: member!.id, reason: 'too loud' });
    expect(await audit(`?actor=${moderator!.id}`)).toEqual([former]);
    expect(await audit('?action=member.muted')).toEqual([former]);
    expect(await audit(`?from=${between}`)).toEqual([latest]);
    expect((await audit(`?to=${between}&target=${member!.id}`))[0]).toEqual(former);
    for (const [person, code] of [
      [member!, 'forbidden'],
      [outsider!, 'not_a_member'],
    ] as const)
      expect(await person.refusal('GET', `/api/rooms/${room.id}/audit`)).toEqual([403, code]);
  });
});

function aForm(): FormData {
  const form = new FormData();
  form.append('file', new Blob(['a few words']), 'words.txt');
  return form;
}

/** What ends at a time has ended once that time has passed. */
const ends = (until: string): Promise<unknown> => waitFor(() => Date.now() > Date.parse(until), { withinMs: 10_000 });
