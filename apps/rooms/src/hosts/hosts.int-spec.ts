import { Redis } from 'ioredis';
import { roomEvents, rooms, type DirectoryUser, type PayloadOf } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { aRoom, aRoomsService, connect, rolesIn, type RoomsStack } from '../../test/rooms-stack.ts';

let stack: RoomsStack;
let changes: PayloadOf<typeof roomEvents.hostChanged>[];

beforeAll(async () => {
  stack = await aRoomsService({ ROOMS_HOST_GRACE_SECONDS: '1', ROOMS_HOST_CHECK_SECONDS: '1' });
  await stack.startAnother();
  changes = await stack.bus.hear(roomEvents.hostChanged);
});
afterAll(cleanUp);

/** The host is absent and nobody could act: the room waits until somebody comes. */
const sleeps = (roomId: string) =>
  waitFor(
    async () =>
      (await stack.database.query(`select 1 from rooms.host_absences where room_id = $1 and due_at > now() + interval '1 year'`, [roomId]))
        .length === 1,
  );
const hostsOf = (roomId: string) => changes.filter((change) => change.roomId === roomId).map(({ hostId }) => hostId);

/** A room whose host was there, with two members who are. */
async function aLedRoom(): Promise<{ roomId: string; ann: DirectoryUser; ben: DirectoryUser; cat: DirectoryUser }> {
  const [ann, ben, cat] = [stack.aPerson(), stack.aPerson(), stack.aPerson()];
  const room = await aRoom(stack, { host: ann, members: [ben, cat] });
  await connect(stack, 'online', ann, ben, cat);
  return { roomId: room.id, ann, ben, cat };
}

describe('a host whose every socket is gone', () => {
  it('is followed by the successor after the grace, and gets the role back on return', async () => {
    const { roomId, ann, ben, cat } = await aLedRoom();
    await connect(stack, 'offline', ann);
    await waitFor(() => hostsOf(roomId).length === 1);
    expect(await rolesIn(stack, roomId, cat)).toEqual({ [ben.username]: 'host', [ann.username]: 'moderator', [cat.username]: 'member' });
    await connect(stack, 'online', ann);
    await waitFor(() => hostsOf(roomId).length === 2);
    expect(await rolesIn(stack, roomId, cat)).toEqual({ [ann.username]: 'host', [ben.username]: 'member', [cat.username]: 'member' });
    expect(hostsOf(roomId)).toEqual([ben.id, ann.id]);
    expect(
      await stack.database.query(
        `select action, actor_id, target_id from rooms.audit where room_id = $1 and action like 'host.%' order by id`,
        [roomId],
      ),
    ).toEqual([
      { action: 'host.acting', actor_id: null, target_id: ben.id },
      { action: 'host.returned', actor_id: null, target_id: ann.id },
    ]);
  }, 15_000);

  it('keeps the role when back within the grace', async () => {
    const { roomId, ann } = await aLedRoom();
    await connect(stack, 'offline', ann);
    await connect(stack, 'online', ann);
    await waitFor(async () => (await stack.database.query('select 1 from rooms.host_absences where room_id = $1', [roomId])).length === 0);
    expect(hostsOf(roomId)).toEqual([]);
  }, 15_000);

  it('keeps the role while nobody is there, until somebody comes', async () => {
    const { roomId, ann, ben, cat } = await aLedRoom();
    await connect(stack, 'offline', ann, ben, cat);
    await sleeps(roomId);
    expect(hostsOf(roomId)).toEqual([]);
    await connect(stack, 'online', cat);
    await waitFor(() => hostsOf(roomId).length === 1);
    expect(hostsOf(roomId)).toEqual([cat.id]);
  }, 15_000);

  it('hands on from one acting host to the next, and the first host still gets the role back', async () => {
    const { roomId, ann, ben, cat } = await aLedRoom();
    await connect(stack, 'offline', ann);
    await waitFor(() => hostsOf(roomId).length === 1);
    await connect(stack, 'offline', ben);
    await waitFor(() => hostsOf(roomId).length === 2);
    expect(await rolesIn(stack, roomId, cat)).toEqual({ [cat.username]: 'host', [ann.username]: 'moderator', [ben.username]: 'member' });
    await connect(stack, 'online', ann);
    await waitFor(() => hostsOf(roomId).length === 3);
    expect(hostsOf(roomId)).toEqual([ben.id, cat.id, ann.id]);
    expect(await rolesIn(stack, roomId, cat)).toEqual({ [ann.username]: 'host', [ben.username]: 'member', [cat.username]: 'member' });
  }, 15_000);

  it('gets the role back though the acting host has left the room meanwhile', async () => {
    const { roomId, ann, ben, cat } = await aLedRoom();
    await connect(stack, 'offline', ann);
    await waitFor(() => hostsOf(roomId).length === 1);
    expect(await stack.bus.call(rooms.leave, { roomId }, ben.id)).toMatchObject({ newHostId: cat.id });
    await connect(stack, 'online', ann);
    await waitFor(() => hostsOf(roomId).length === 2);
    expect(hostsOf(roomId)).toEqual([ben.id, ann.id]);
    expect(await rolesIn(stack, roomId, cat)).toEqual({ [ann.username]: 'host', [cat.username]: 'member' });
  }, 15_000);

  it('has the role for good again when the acting host leaves it to the first', async () => {
    const { roomId, ann, ben, cat } = await aLedRoom();
    await connect(stack, 'offline', ann);
    await waitFor(() => hostsOf(roomId).length === 1);
    expect(await stack.bus.call(rooms.leave, { roomId, successorId: ann.id }, ben.id)).toMatchObject({ newHostId: ann.id });
    expect(await stack.database.query('select 1 from rooms.host_absences where room_id = $1', [roomId])).toEqual([]);
    expect(await rolesIn(stack, roomId, cat)).toEqual({ [ann.username]: 'host', [cat.username]: 'member' });
  }, 15_000);

  it('gives the role up by leaving the room, and coming back does not undo that', async () => {
    const { roomId, ann, ben, cat } = await aLedRoom();
    await connect(stack, 'offline', ann);
    await waitFor(() => hostsOf(roomId).length === 1);
    await stack.bus.call(rooms.leave, { roomId }, ann.id);
    expect(await stack.database.query('select 1 from rooms.host_absences where room_id = $1', [roomId])).toEqual([]);
    expect(await rolesIn(stack, roomId, cat)).toEqual({ [ben.username]: 'host', [cat.username]: 'member' });
  }, 15_000);

  it('does not get back a role that was handed over meanwhile', async () => {
    const { roomId, ann, ben, cat } = await aLedRoom();
    await connect(stack, 'offline', ann);
    await waitFor(() => hostsOf(roomId).length === 1);
    await stack.bus.call(rooms.handOver, { roomId, userId: cat.id }, ben.id);
    expect(await stack.database.query('select 1 from rooms.host_absences where room_id = $1', [roomId])).toEqual([]);
    await connect(stack, 'online', ann);
    expect(await rolesIn(stack, roomId, cat)).toEqual({ [cat.username]: 'host', [ann.username]: 'moderator', [ben.username]: 'moderator' });
  }, 15_000);
});

describe('what is lost on the way', () => {
  const isRemembered = (person: DirectoryUser) =>
    waitFor(
      async () =>
        (await stack.database.query('select 1 from rooms.profiles where user_id = $1 and has_connected', [person.id])).length === 1,
    );

  it('is made up for when PostgreSQL could not be told that a host went', async () => {
    const { roomId, ann, ben } = await aLedRoom();
    await isRemembered(ann);
    await stack.database.query('alter table rooms.host_absences rename to out_of_reach');
    await expect(connect(stack, 'offline', ann)).rejects.toThrow();
    await stack.database.query('alter table rooms.out_of_reach rename to host_absences');
    await waitFor(() => hostsOf(roomId).length === 1);
    expect(hostsOf(roomId)).toEqual([ben.id]);
  }, 15_000);

  it('is made up for when Redis has lost its data, and a host who was never connected is not taken for absent', async () => {
    const { roomId, ann, ben, cat } = await aLedRoom();
    const ofScript = await aRoom(stack, { members: [ben, cat] });
    await isRemembered(ann);
    const redis = new Redis(stack.redis.url);
    await redis.flushall();
    redis.disconnect();
    await connect(stack, 'online', ben, cat);
    await waitFor(() => hostsOf(roomId).length === 1);
    expect(hostsOf(roomId)).toEqual([ben.id]);
    expect(await stack.database.query('select 1 from rooms.host_absences where room_id = $1', [ofScript.id])).toEqual([]);
  }, 15_000);

  it('is made up for when PostgreSQL could not be told that a host came back', async () => {
    const { roomId, ann } = await aLedRoom();
    await connect(stack, 'offline', ann);
    await waitFor(() => hostsOf(roomId).length === 1);
    await stack.database.query('alter table rooms.host_absences rename to out_of_reach');
    await expect(connect(stack, 'online', ann)).rejects.toThrow();
    await stack.database.query('alter table rooms.out_of_reach rename to host_absences');
    await waitFor(() => hostsOf(roomId).at(-1) === ann.id);
  }, 15_000);
});
