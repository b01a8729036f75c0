import { AppError, roomEvents, roomFacts, rooms, type DirectoryUser, type PayloadOf } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { cleanUp, waitFor } from '@atrium/testing';
import { aRoom, aRoomsService, type RoomsStack } from '../../test/rooms-stack.ts';

let stack: RoomsStack;
let root: DirectoryUser;
let ann: DirectoryUser;
let ben: DirectoryUser;
let purged: PayloadOf<typeof roomEvents.roomPurged>[];

beforeAll(async () => {
  stack = await aRoomsService();
  purged = await stack.bus.hear(roomEvents.roomPurged);
  root = stack.aPerson();
});
beforeEach(() => {
  [ann, ben] = [stack.aPerson(), stack.aPerson()];
});
afterAll(cleanUp);

const asRoot = () => ({ actorId: root.id, actorRole: 'admin' as const });
const purge = (roomId: string) => stack.bus.rpc.call(rooms.adminPurgeRoom, { roomId, reason: 'illegal' }, asRoot());
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => AppError.from(error).code,
  );
const factsOf = async (roomId: string) => (await stack.bus.call(roomFacts.facts, { key: roomId, after: 0 })).items;
const rows = (roomId: string) =>
  stack.database.query<{ people: number; invites: number; hosts: number }>(
    `select (select count(*)::int from rooms.members where room_id = $1) as people, (select count(*)::int from rooms.invites where room_id = $1) as invites,
            (select count(host_id)::int from rooms.rooms where id = $1) as hosts`,
    [roomId],
  );

describe('a room that is purged', () => {
  it('is there for nobody any more: not for who was in it, nor for a stranger, an admin, or who comes with its invite', async () => {
    const room = await aRoom(stack, { host: ann, members: [ben] });
    const { code } = await stack.bus.call(rooms.createInvite, { roomId: room.id }, ann.id);
    expect(await purge(room.id)).toMatchObject({ purged: true });
    expect(await stack.bus.refusal(rooms.get, { roomId: room.id }, ann.id)).toBe('room_not_found');
    expect(await stack.bus.refusal(rooms.getMembership, { roomId: room.id, userId: ben.id }, ben.id)).toBe('room_not_found');
    expect(await stack.bus.refusal(rooms.join, { roomId: room.id, inviteCode: code }, stack.aPerson().id)).not.toBe('done');
    expect(await codeOf(stack.bus.rpc.call(rooms.adminRoom, { roomId: room.id }, asRoot()))).toBe('room_not_found');
    const restore = { roomId: room.id, archived: false, reason: 'back' };
    expect(await codeOf(stack.bus.rpc.call(rooms.adminUpdateRoom, restore, asRoot()))).toBe('room_not_found');
    expect(await rows(room.id)).toEqual([{ people: 0, invites: 0, hosts: 0 }]);
  });

  it('tells it as facts without a hole, the last of them that it is purged, and keeps who did it and why', async () => {
    const room = await aRoom(stack, { host: ann, members: [ben], name: 'Harbour' });
    await purge(room.id);
    const facts = await factsOf(room.id);
    expect(facts.map(({ version }) => version)).toEqual(facts.map((_fact, index) => index + 1));
    expect(facts.slice(-4).map(({ name }) => name)).toEqual(['roomArchived', 'memberRemoved', 'memberRemoved', 'roomPurged']);
    expect(facts.at(-2)!.payload).toMatchObject({
      userId: ann.id,
      how: 'kicked',
      reason: 'illegal',
      hostChange: { previousHostId: ann.id, hostId: null },
    });
    await waitFor(() => purged.some(({ roomId }) => roomId === room.id));
    const { items } = await stack.bus.rpc.call(rooms.adminAudit, { roomId: room.id, actorId: root.id }, asRoot());
    expect(items.map(({ action, reason }) => [action, reason])).toEqual([
      ['room.purged', 'illegal'],
      ['member.kicked', 'illegal'],
      ['member.kicked', 'illegal'],
      ['room.purge_asked', 'illegal'],
    ]);
    expect(items[0]!.details).toMatchObject({ name: 'Harbour' });
    expect(JSON.stringify(await stack.database.query('select * from rooms.rooms where id = $1', [room.id]))).not.toContain('Harbour');
  });

  it('is followed until nothing is left of it, with its name, by admins alone', async () => {
    const room = await aRoom(stack, { host: ann, members: [ben], name: 'Quay' });
    const follow = async () => (await stack.bus.rpc.call(rooms.adminPurges, { roomId: room.id }, asRoot())).items;
    expect(await follow()).toEqual([]);
    await stack.database.query(`update rooms.rooms set purged_at = now(), archived_at = now() where id = $1`, [room.id]);
    await stack.database.query(
      `insert into rooms.purges (room_id, actor_id, asked_at, reason, done_at) values ($1, $2, now(), 'illegal', now())`,
      [room.id, root.id],
    );
    expect(await follow()).toMatchObject([{ roomId: room.id, name: 'Quay', askedBy: root.id, reason: 'illegal', peopleLeft: 2 }]);
    await stack.database.query(`update rooms.purges set done_at = null where room_id = $1`, [room.id]);
    await waitFor(async () => (await follow())[0]?.done, { withinMs: 30_000, what: 'the purge to end' });
    expect(await follow()).toMatchObject([{ name: 'Quay', done: true, peopleLeft: 0 }]);
    expect(await stack.bus.refusal(rooms.adminPurges, { roomId: room.id }, ann.id)).toBe('not_found');
  });

  it('is purged once, however often that is asked', async () => {
    const room = await aRoom(stack, { host: ann });
    const first = await purge(room.id);
    expect(await purge(room.id)).toEqual(first);
    expect((await factsOf(room.id)).filter(({ name }) => name === 'roomPurged')).toHaveLength(1);
  });

  it('is brought to its end also when whoever began it is gone', async () => {
    const room = await aRoom(stack, { host: ann, members: [ben] });
    await stack.database.query(`update rooms.rooms set purged_at = now(), archived_at = now() where id = $1`, [room.id]);
    await stack.database.query(`insert into rooms.purges (room_id, actor_id, asked_at, reason) values ($1, $2, now(), 'illegal')`, [
      room.id,
      root.id,
    ]);
    await waitFor(() => purged.some(({ roomId }) => roomId === room.id), { withinMs: 30_000, what: 'the purge to go on' });
    expect(await rows(room.id)).toEqual([{ people: 0, invites: 0, hosts: 0 }]);
  });

  it('is not purged by who is no admin', async () => {
    const room = await aRoom(stack, { host: ann });
    expect(await stack.bus.refusal(rooms.adminPurgeRoom, { roomId: room.id, reason: 'mine' }, ann.id)).toBe('not_found');
    expect(await codeOf(purge(uuidv7()))).toBe('room_not_found');
    expect(await stack.bus.call(rooms.get, { roomId: room.id }, ann.id)).toMatchObject({ id: room.id });
  });
});
