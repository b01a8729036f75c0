import { roomEvents, rooms, type PayloadOf } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { cleanUp, waitFor } from '@atrium/testing';
import { aRoom, aRoomsService, connect, join, outcomes, rolesIn, type RoomsStack } from '../../test/rooms-stack.ts';

let stack: RoomsStack;
let removed: PayloadOf<typeof roomEvents.memberRemoved>[];

beforeAll(async () => {
  stack = await aRoomsService();
  await stack.startAnother();
  removed = await stack.bus.hear(roomEvents.memberRemoved);
});
afterAll(cleanUp);

const person = () => stack.aPerson();
const people = (count: number) => Array.from({ length: count }, person);
const removalOf = (roomId: string, userId: string) =>
  waitFor(() => removed.find((told) => told.roomId === roomId && told.userId === userId));

/** Lets the clock go on by a second whenever the time is asked for. @returns sets it back */
function tickAtEveryLook(): () => void {
  const RealDate = Date;
  let looks = 0;
  globalThis.Date = class extends RealDate {
    constructor(...given: [] | [number]) {
      super(given[0] ?? RealDate.now() + 1000 * ++looks);
    }
  } as DateConstructor;
  return () => (globalThis.Date = RealDate);
}

/** What must hold of every room at any time: people in it, exactly one host, and counts that agree with the rows. */
async function expectSoundRooms(): Promise<void> {
  const broken = await stack.database.query(`
    select r.id, r.member_count, count(m.user_id)::int as members, count(*) filter (where m.role = 'host')::int as hosts
    from rooms.rooms r left join rooms.members m on m.room_id = r.id
    group by r.id
    having count(m.user_id) <> r.member_count
        or count(*) filter (where m.role = 'host') <> least(count(m.user_id), 1)
        or (array_agg(m.user_id) filter (where m.role = 'host'))[1] is distinct from r.host_id`);
  expect(broken).toEqual([]);
}
afterEach(expectSoundRooms);

describe('joining', () => {
  it('lets someone into a public room, once', async () => {
    const [ann, ben] = [stack.aPerson(), stack.aPerson({ displayName: 'Ben', avatarUrl: 'https://example.org/b.png' })];
    const room = await aRoom(stack, { host: ann });
    const first = await join(stack, room.id, ben);
    expect(first).toMatchObject({
      room: { id: room.id, memberCount: 2, me: { role: 'member' } },
      member: { id: ben.id, displayName: 'Ben', avatarUrl: 'https://example.org/b.png', role: 'member', status: 'offline', typing: false },
    });
    const again = await join(stack, room.id, ben);
    expect(again).toEqual(first);
    await expect(join(stack, uuidv7(), ben)).rejects.toMatchObject({ code: 'room_not_found' });
  });

  it('asks for the password of a public room, and never asks members again', async () => {
    const [ann, ben] = [stack.aPerson(), stack.aPerson()];
    const room = await aRoom(stack, { host: ann, password: 'sesame' });
    await expect(join(stack, room.id, ben)).rejects.toMatchObject({ code: 'wrong_password' });
    await expect(join(stack, room.id, ben, { password: 'Sesame' })).rejects.toMatchObject({ code: 'wrong_password' });
    expect(await join(stack, room.id, ben, { password: 'sesame' })).toMatchObject({ member: { role: 'member' } });
    await stack.bus.call(rooms.update, { roomId: room.id, password: 'another' }, ann.id);
    expect(await join(stack, room.id, ben)).toMatchObject({ fact: { version: 3 } });
    await expect(join(stack, room.id, stack.aPerson(), { password: 'sesame' })).rejects.toMatchObject({ code: 'wrong_password' });
    await expect(join(stack, room.id, stack.aPerson(), { password: 'another' })).resolves.toMatchObject({ room: { hasPassword: true } });
  });

  it('opens the door when the password is removed', async () => {
    const [ann, ben] = [stack.aPerson(), stack.aPerson()];
    const room = await aRoom(stack, { host: ann, password: 'sesame' });
    const { room: after } = await stack.bus.call(rooms.update, { roomId: room.id, password: null }, ann.id);
    expect(after.hasPassword).toBe(false);
    await expect(join(stack, room.id, ben)).resolves.toMatchObject({ member: { id: ben.id } });
  });

  it('keeps out of a locked room even those who know the password', async () => {
    const [ann, ben, cat] = [stack.aPerson(), stack.aPerson(), stack.aPerson()];
    const room = await aRoom(stack, { host: ann, members: [ben], password: 'sesame' });
    await stack.bus.call(rooms.update, { roomId: room.id, locked: true }, ann.id);
    await expect(join(stack, room.id, cat, { password: 'sesame' })).rejects.toMatchObject({ code: 'room_locked' });
    await expect(join(stack, room.id, ben)).resolves.toMatchObject({ member: { id: ben.id } });
    await stack.bus.call(rooms.update, { roomId: room.id, locked: false }, ann.id);
    await expect(join(stack, room.id, cat, { password: 'sesame' })).resolves.toMatchObject({ member: { id: cat.id } });
  });

  it('fills a room to the last place and not beyond, however many come at once', async () => {
    const [ann, ...crowd] = people(21);
    const room = await aRoom(stack, { host: ann, maxMembers: 6 });
    expect(await outcomes(crowd.map((guest) => join(stack, room.id, guest)))).toEqual({ ok: 5, room_full: 15 });
    expect(await stack.bus.call(rooms.get, { roomId: room.id }, ann?.id)).toMatchObject({ memberCount: 6 });
  });

  it('seats someone once who joins ten times at once', async () => {
    const [ann, ben] = [stack.aPerson(), stack.aPerson()];
    const room = await aRoom(stack, { host: ann });
    const joins = await Promise.all(Array.from({ length: 10 }, () => join(stack, room.id, ben)));
    expect(joins.map(({ fact }) => fact.version)).toEqual(joins.map(() => 2));
    expect(await stack.bus.call(rooms.get, { roomId: room.id }, ben.id)).toMatchObject({ memberCount: 2 });
  });
});

describe('the list of members', () => {
  it('shows the host, then moderators, then members by name, page by page, to members only', async () => {
    const [host, eve] = [stack.aPerson({ username: 'zoe' }), stack.aPerson()];
    const [mod, ann, kim] = [
      stack.aPerson({ username: 'mo' }),
      stack.aPerson({ username: 'ann', displayName: 'Anna K_m' }),
      stack.aPerson({ username: 'k_m' }),
    ];
    const room = await aRoom(stack, { host, members: [kim, mod, ann] });
    await stack.bus.call(rooms.setRole, { roomId: room.id, userId: mod.id, role: 'moderator' }, host.id);
    const first = await stack.bus.call(rooms.members, { roomId: room.id, limit: 3 }, ann.id);
    expect(first.items.map((member) => member.username)).toEqual(['zoe', 'mo', 'ann']);
    const next = await stack.bus.call(rooms.members, { roomId: room.id, limit: 3, cursor: first.nextCursor }, ann.id);
    expect(next).toMatchObject({ items: [{ username: 'k_m' }], nextCursor: null });
    const forged = Buffer.from('[1,"\\u0000"]').toString('base64url');
    expect(await stack.bus.refusal(rooms.members, { roomId: room.id, cursor: forged }, ann.id)).toBe('validation_failed');
    const found = await stack.bus.call(rooms.members, { roomId: room.id, query: 'K_M' }, ann.id);
    expect(found.items.map((member) => member.username)).toEqual(['ann', 'k_m']);
    expect(await stack.bus.refusal(rooms.members, { roomId: room.id }, eve.id)).toBe('not_a_member');
  });
});

describe('leaving', () => {
  it('passes the host role to whom the host names, and refuses a name that is not in the room', async () => {
    const [ann, ben, cat] = [stack.aPerson(), stack.aPerson(), stack.aPerson()];
    const room = await aRoom(stack, { host: ann, members: [ben, cat] });
    const refused = await stack.bus.refusal(rooms.leave, { roomId: room.id, successorId: uuidv7() }, ann.id);
    expect(refused).toBe('invalid_successor');
    expect(await stack.bus.refusal(rooms.leave, { roomId: room.id, successorId: ann.id }, ann.id)).toBe('invalid_successor');
    expect(await rolesIn(stack, room.id, ben)).toMatchObject({ [ann.username]: 'host' });
    const left = await stack.bus.call(rooms.leave, { roomId: room.id, successorId: cat.id }, ann.id);
    expect(left).toMatchObject({ newHostId: cat.id, archived: false });
    expect(await rolesIn(stack, room.id, ben)).toEqual({ [ben.username]: 'member', [cat.username]: 'host' });
    expect(await removalOf(room.id, ann.id)).toMatchObject({
      actorId: ann.id,
      how: 'left',
      hostChange: { previousHostId: ann.id, hostId: cat.id },
      archived: false,
    });
  });

  it('follows the rule when nobody is named: connected before away, moderators before members, then seniority', async () => {
    const [ann, ben, cat, dan, eve] = [stack.aPerson(), stack.aPerson(), stack.aPerson(), stack.aPerson(), stack.aPerson()];
    const room = await aRoom(stack, { host: ann, members: [ben, cat, dan, eve] });
    for (const { id } of [dan, eve]) await stack.bus.call(rooms.setRole, { roomId: room.id, userId: id, role: 'moderator' }, ann.id);
    await connect(stack, 'online', cat, eve);
    const heirs = [];
    for (const host of [ann, eve, cat, dan]) {
      const { newHostId } = await stack.bus.call(rooms.leave, { roomId: room.id }, host.id);
      heirs.push(newHostId);
    }
    expect(heirs).toEqual([eve.id, cat.id, dan.id, ben.id]);
  });

  it('archives the room with the last one out', async () => {
    const [ann, ben] = [stack.aPerson(), stack.aPerson()];
    const room = await aRoom(stack, { host: ann, members: [ben] });
    expect(await stack.bus.call(rooms.leave, { roomId: room.id }, ben.id)).toMatchObject({ newHostId: null, archived: false });
    expect(await stack.bus.call(rooms.leave, { roomId: room.id }, ann.id)).toMatchObject({ newHostId: null, archived: true });
    expect(await removalOf(room.id, ann.id)).toMatchObject({ archived: true, hostChange: { previousHostId: ann.id, hostId: null } });
    expect(await stack.bus.refusal(rooms.leave, { roomId: room.id }, ann.id)).toBe('not_a_member');
    await expect(join(stack, room.id, ben)).rejects.toMatchObject({ code: 'room_archived' });
  });

  it('tells the very moment at which it archived a room, however many times it looks at the clock', async () => {
    const ann = stack.aPerson();
    const room = await aRoom(stack, { host: ann });
    const setBack = tickAtEveryLook();
    try {
      await stack.bus.call(rooms.leave, { roomId: room.id }, ann.id);
    } finally {
      setBack();
    }
    const [row] = await stack.database.query<{ archived_at: Date }>('select archived_at from rooms.rooms where id = $1', [room.id]);
    expect((await removalOf(room.id, ann.id)).at).toBe(row!.archived_at.toISOString());
  });

  it('makes whoever comes first into an emptied room that was restored its host', async () => {
    const [ann, ben, cat] = [stack.aPerson(), stack.aPerson(), stack.aPerson()];
    const room = await aRoom(stack, { host: ann });
    await stack.bus.call(rooms.leave, { roomId: room.id }, ann.id);
    await stack.database.query('update rooms.rooms set archived_at = null where id = $1', [room.id]);
    for (const person of [ben, cat]) await join(stack, room.id, person);
    expect(await rolesIn(stack, room.id, cat)).toEqual({ [ben.username]: 'host', [cat.username]: 'member' });
  });

  it('clears the role: who comes back is a member', async () => {
    const [ann, ben] = [stack.aPerson(), stack.aPerson()];
    const room = await aRoom(stack, { host: ann, members: [ben] });
    await stack.bus.call(rooms.leave, { roomId: room.id }, ann.id);
    await join(stack, room.id, ann);
    expect(await rolesIn(stack, room.id, ben)).toEqual({ [ben.username]: 'host', [ann.username]: 'member' });
  });

  it('empties a room that everyone leaves at once, and archives it', async () => {
    const crowd = people(8);
    const room = await aRoom(stack, { host: crowd[0], members: crowd.slice(1) });
    const left = await Promise.all(crowd.map(({ id }) => stack.bus.call(rooms.leave, { roomId: room.id }, id)));
    expect(left.filter(({ archived }) => archived)).toHaveLength(1);
    expect(await stack.database.query('select member_count, host_id from rooms.rooms where id = $1', [room.id])).toEqual([
      { member_count: 0, host_id: null },
    ]);
  });
});

describe('removing someone', () => {
  it('lets moderators remove members, the host everyone else, and nobody the host', async () => {
    const [ann, mod, other, ben, cat, eve] = [person(), person(), person(), person(), person(), person()];
    const room = await aRoom(stack, { host: ann, members: [mod, other, ben, cat] });
    const { id: roomId } = room;
    for (const { id } of [mod, other]) await stack.bus.call(rooms.setRole, { roomId, userId: id, role: 'moderator' }, ann.id);
    const kick = (actor: { id: string }, target: { id: string }) =>
      stack.bus.refusal(rooms.kick, { roomId, userId: target.id, reason: 'noise' }, actor.id);
    expect(await kick(ben, cat)).toBe('forbidden');
    expect(await kick(mod, other)).toBe('forbidden');
    expect(await kick(mod, mod)).toBe('forbidden');
    expect(await kick(mod, ann)).toBe('forbidden');
    expect(await kick(ann, ann)).toBe('forbidden');
    expect(await kick(eve, ben)).toBe('forbidden');
    expect(await kick(mod, eve)).toBe('member_not_found');
    expect(await kick(mod, ben)).toBe('answered without a refusal');
    expect(await kick(ann, other)).toBe('answered without a refusal');
    expect(await kick(mod, ben)).toBe('member_not_found');
  });

  it('tells who removed whom and why, and writes it down', async () => {
    const [ann, ben] = [stack.aPerson(), stack.aPerson()];
    const room = await aRoom(stack, { host: ann, members: [ben] });
    await stack.bus.call(rooms.kick, { roomId: room.id, userId: ben.id, reason: 'noise' }, ann.id);
    expect(await removalOf(room.id, ben.id)).toMatchObject({ actorId: ann.id, how: 'kicked', reason: 'noise', hostChange: null });
    expect(
      await stack.database.query(`select actor_id, target_id, reason from rooms.audit where room_id = $1 and action = 'member.kicked'`, [
        room.id,
      ]),
    ).toEqual([{ actor_id: ann.id, target_id: ben.id, reason: 'noise' }]);
    expect(await stack.bus.refusal(rooms.members, { roomId: room.id }, ben.id)).toBe('not_a_member');
  });

  it('is not a ban, unless the room says that who was removed stays out', async () => {
    const [ann, ben, cat] = [stack.aPerson(), stack.aPerson(), stack.aPerson()];
    const room = await aRoom(stack, { host: ann, members: [ben, cat] });
    const kick = (userId: string) => stack.bus.call(rooms.kick, { roomId: room.id, userId }, ann.id);
    await kick(ben.id);
    await expect(join(stack, room.id, ben)).resolves.toMatchObject({ member: { id: ben.id } });
    await stack.bus.call(rooms.leave, { roomId: room.id }, ben.id);
    await kick(cat.id);
    await stack.bus.call(rooms.update, { roomId: room.id, removedCanRejoin: false }, ann.id);
    await expect(join(stack, room.id, cat)).rejects.toMatchObject({ code: 'banned' });
    await expect(join(stack, room.id, ben)).resolves.toMatchObject({ member: { id: ben.id } });
  });
});

describe('roles', () => {
  it('are given by the host alone, and never to the host', async () => {
    const [ann, ben, cat, eve] = [stack.aPerson(), stack.aPerson(), stack.aPerson(), stack.aPerson()];
    const { id: roomId } = await aRoom(stack, { host: ann, members: [ben, cat] });
    const told = await stack.bus.hear(roomEvents.roleChanged);
    const set = (userId: string, role = 'moderator') => ({ roomId, userId, role });
    const first = await stack.bus.call(rooms.setRole, set(ben.id), ann.id);
    expect(first).toMatchObject({ member: { id: ben.id, role: 'moderator' } });
    expect(await stack.bus.call(rooms.setRole, set(ben.id), ann.id)).toEqual(first);
    expect(await stack.bus.refusal(rooms.setRole, set(cat.id), ben.id)).toBe('forbidden');
    expect(await stack.bus.refusal(rooms.setRole, set(ann.id, 'member'), ann.id)).toBe('forbidden');
    expect(await stack.bus.refusal(rooms.setRole, set(eve.id), ann.id)).toBe('member_not_found');
    expect(await stack.bus.refusal(rooms.setRole, set(cat.id), eve.id)).toBe('forbidden');
    expect(await stack.bus.refusal(rooms.setRole, set(cat.id, 'host'), ann.id)).toBe('validation_failed');
    await waitFor(() => told.length > 0);
    expect(told).toMatchObject([{ userId: ben.id, role: 'moderator', actorId: ann.id }]);
  });

  it('hands the host role over, and makes the old host moderator', async () => {
    const [ann, ben, cat] = [stack.aPerson(), stack.aPerson(), stack.aPerson()];
    const { id: roomId } = await aRoom(stack, { host: ann, members: [ben] });
    const told = await stack.bus.hear(roomEvents.hostChanged);
    expect(await stack.bus.refusal(rooms.handOver, { roomId, userId: ben.id }, ben.id)).toBe('forbidden');
    expect(await stack.bus.refusal(rooms.handOver, { roomId, userId: cat.id }, ann.id)).toBe('member_not_found');
    expect(await stack.bus.call(rooms.handOver, { roomId, userId: ben.id }, ann.id)).toMatchObject({
      room: { hostId: ben.id, me: { role: 'moderator' } },
    });
    expect(await rolesIn(stack, roomId, ann)).toEqual({ [ben.username]: 'host', [ann.username]: 'moderator' });
    expect(await waitFor(() => told[0])).toMatchObject({ actorId: ann.id, previousHostId: ann.id, hostId: ben.id });
    expect(await stack.bus.refusal(rooms.handOver, { roomId, userId: ben.id }, ann.id)).toBe('forbidden');
  });
});

describe('when much happens at once', () => {
  it('keeps one host and gives every change a version of its own', async () => {
    const [host, mod, others] = [person(), person(), people(10)];
    const { id: roomId } = await aRoom(stack, { host, members: [mod, ...others] });
    await stack.bus.call(rooms.setRole, { roomId, userId: mod.id, role: 'moderator' }, host.id);
    const results = await outcomes([
      stack.bus.call(rooms.leave, { roomId }, host.id),
      stack.bus.call(rooms.handOver, { roomId, userId: others[0]?.id }, host.id),
      stack.bus.call(rooms.kick, { roomId, userId: others[0]?.id }, mod.id),
      stack.bus.call(rooms.leave, { roomId, successorId: others[1]?.id }, mod.id),
      ...others.slice(1).map(({ id }) => stack.bus.call(rooms.kick, { roomId, userId: id }, host.id)),
      ...others.slice(1).map(({ id }) => stack.bus.call(rooms.leave, { roomId }, id)),
      ...people(5).map((late) => join(stack, roomId, late)),
    ]);
    const known = ['ok', 'forbidden', 'not_a_member', 'member_not_found', 'invalid_successor', 'room_archived'];
    expect(Object.keys(results).filter((code) => !known.includes(code))).toEqual([]);
    const [row] = await stack.database.query<{ version: number; audits: number }>(
      'select version, (select count(*)::int from rooms.audit where room_id = r.id) as audits from rooms.rooms r where id = $1',
      [roomId],
    );
    expect(row?.audits).toBe(row?.version);
  });
});
