import { Redis } from 'ioredis';
import { roomEvents, roomSignals, rooms, type DirectoryUser, type PayloadOf } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { aRoom, aRoomsService, connect, rolesIn, type RoomsStack } from '../../test/rooms-stack.ts';

let stack: RoomsStack;
let changes: PayloadOf<typeof roomEvents.hostChanged>[];
let acting: PayloadOf<typeof roomSignals.acting>[];

beforeAll(async () => {
  stack = await aRoomsService({ ROOMS_HOST_GRACE_SECONDS: '1', ROOMS_HOST_CHECK_SECONDS: '1' });
  await stack.startAnother();
  changes = await stack.bus.hear(roomEvents.hostChanged);
  acting = await stack.bus.hear(roomSignals.acting);
});
afterAll(cleanUp);

/** A room whose host was there, with two members who are. */
async function aLedRoom(): Promise<{ roomId: string; ann: DirectoryUser; ben: DirectoryUser; cat: DirectoryUser }> {
  const [ann, ben, cat] = [stack.aPerson(), stack.aPerson(), stack.aPerson()];
  const room = await aRoom(stack, { host: ann, members: [ben, cat] });
  await connect(stack, 'online', ann, ben, cat);
  return { roomId: room.id, ann, ben, cat };
}

const actingIn = async (roomId: string, seenBy: DirectoryUser) =>
  (await stack.bus.call(rooms.get, { roomId }, seenBy.id)).actingHostId ?? null;
const isActing = (roomId: string, who: DirectoryUser | null, seenBy: DirectoryUser) =>
  waitFor(async () => (await actingIn(roomId, seenBy)) === (who?.id ?? null), { what: 'who acts' });
const absences = (roomId: string) => stack.database.query('select host_id from rooms.host_absences where room_id = $1', [roomId]);
const isSettled = (roomId: string) => waitFor(async () => (await absences(roomId)).length === 0, { what: 'the absence to end' });

describe('a host whose every socket is gone', () => {
  it('stays host, while the next in line acts, until the host is back: told live and audited, not in the timeline', async () => {
    const { roomId, ann, ben, cat } = await aLedRoom();
    const before = await rolesIn(stack, roomId, cat);
    await connect(stack, 'offline', ann);
    await isActing(roomId, ben, cat);
    expect(await rolesIn(stack, roomId, cat)).toEqual(before);
    expect(await stack.bus.call(rooms.get, { roomId }, cat.id)).toMatchObject({ hostId: ann.id });
    await connect(stack, 'online', ann);
    await isActing(roomId, null, cat);
    await isSettled(roomId);
    expect(acting.filter((told) => told.roomId === roomId)).toEqual([
      { roomId, actingHostId: ben.id, version: 1 },
      { roomId, actingHostId: null, version: 2 },
    ]);
    expect(changes.filter((change) => change.roomId === roomId)).toEqual([]);
    const audit = `select action, actor_id, target_id from rooms.audit where room_id = $1 and action like 'host.%' order by id`;
    expect(await stack.database.query(audit, [roomId])).toEqual([
      { action: 'host.acting', actor_id: null, target_id: ben.id },
      { action: 'host.acting_ended', actor_id: null, target_id: ben.id },
    ]);
  }, 15_000);

  it('is acted for by nobody while a moderator is there, and by somebody once that one goes', async () => {
    const { roomId, ann, ben, cat } = await aLedRoom();
    await stack.bus.call(rooms.setRole, { roomId, userId: cat.id, role: 'moderator' }, ann.id);
    await connect(stack, 'offline', ann);
    await waitFor(async () => {
      const [row] = await stack.database.query<{ far: boolean }>(
        `select due_at > now() + interval '1 day' as far from rooms.host_absences where room_id = $1`,
        [roomId],
      );
      return row?.far === true;
    });
    expect(await actingIn(roomId, ben)).toBeNull();
    await connect(stack, 'offline', cat);
    await isActing(roomId, ben, ben);
    await connect(stack, 'online', cat);
    await isActing(roomId, null, ben);
  }, 15_000);

  it('is acted for by the first who comes, and by the next when the one who acts goes or leaves', async () => {
    const { roomId, ann, ben, cat } = await aLedRoom();
    await connect(stack, 'offline', ann, ben, cat);
    await connect(stack, 'online', cat);
    await isActing(roomId, cat, cat);
    await connect(stack, 'online', ben);
    await connect(stack, 'offline', cat);
    await isActing(roomId, ben, ben);
    await connect(stack, 'online', cat);
    await stack.bus.call(rooms.leave, { roomId }, ben.id);
    await isActing(roomId, cat, cat);
  }, 20_000);

  it('loses the role by handing it over or leaving, and by nothing else', async () => {
    const { roomId, ann, ben, cat } = await aLedRoom();
    await connect(stack, 'offline', ann);
    await isActing(roomId, ben, cat);
    await stack.bus.call(rooms.handOver, { roomId, userId: cat.id }, ann.id);
    expect(await actingIn(roomId, cat)).toBeNull();
    expect(await absences(roomId)).toEqual([]);
    await connect(stack, 'online', ann);
    expect(await rolesIn(stack, roomId, cat)).toEqual({ [cat.username]: 'host', [ann.username]: 'moderator', [ben.username]: 'member' });
  }, 15_000);

  it('loses the role after as many days away as the room says, and never where it says so', async () => {
    const [{ roomId, ann, ben, cat }, kept] = [await aLedRoom(), await aLedRoom()];
    await stack.bus.call(rooms.update, { roomId, hostAwayDays: 2 }, ann.id);
    await stack.bus.call(rooms.update, { roomId: kept.roomId, hostAwayDays: 0 }, kept.ann.id);
    await connect(stack, 'offline', ann, kept.ann);
    await isActing(roomId, ben, cat);
    await isActing(kept.roomId, kept.ben, kept.cat);
    const age = `update rooms.host_absences set gone_at = gone_at - interval '49 hours', due_at = now() where room_id = any($1::uuid[])`;
    await stack.database.query(age, [`{${roomId},${kept.roomId}}`]);
    await waitFor(() => changes.some((change) => change.roomId === roomId));
    expect(await rolesIn(stack, roomId, cat)).toEqual({ [ben.username]: 'host', [ann.username]: 'moderator', [cat.username]: 'member' });
    expect(await actingIn(roomId, cat)).toBeNull();
    expect(changes.filter((change) => change.roomId === kept.roomId)).toEqual([]);
    expect(await actingIn(kept.roomId, kept.cat)).toBe(kept.ben.id);
  }, 20_000);
});

describe('who acts for the host', () => {
  it('may remove, mute and lock, and neither change roles, settings or the password, nor ban, nor hand over', async () => {
    const { roomId, ann, ben, cat } = await aLedRoom();
    const dan = stack.aPerson();
    await stack.bus.call(rooms.addMembers, { roomId, userIds: [dan.id] }, ann.id);
    await connect(stack, 'offline', ann);
    await isActing(roomId, ben, cat);
    const { bus } = stack;
    await bus.call(rooms.update, { roomId, locked: true }, ben.id);
    await bus.call(rooms.mute, { roomId, userId: cat.id, seconds: 60 }, ben.id);
    await bus.call(rooms.kick, { roomId, userId: dan.id }, ben.id);
    const refusals = [
      await bus.refusal(rooms.update, { roomId, topic: 'mine' }, ben.id),
      await bus.refusal(rooms.update, { roomId, locked: false, password: 'mine' }, ben.id),
      await bus.refusal(rooms.setRole, { roomId, userId: cat.id, role: 'moderator' }, ben.id),
      await bus.refusal(rooms.handOver, { roomId, userId: ben.id }, ben.id),
      await bus.refusal(rooms.ban, { roomId, userId: cat.id }, ben.id),
      await bus.refusal(rooms.kick, { roomId, userId: ann.id }, ben.id),
      await bus.refusal(rooms.mute, { roomId, userId: ben.id }, cat.id),
    ];
    expect(refusals).toEqual(refusals.map(() => 'forbidden'));
    await connect(stack, 'online', ann);
    await isActing(roomId, null, cat);
    expect(await bus.refusal(rooms.mute, { roomId, userId: cat.id }, ben.id)).toBe('forbidden');
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
    await isActing(roomId, ben, ben);
  }, 15_000);

  it('is made up for when Redis has lost its data, and a host who was never connected is not taken for absent', async () => {
    const { roomId, ann, ben, cat } = await aLedRoom();
    const ofScript = await aRoom(stack, { members: [ben, cat] });
    await isRemembered(ann);
    const redis = new Redis(stack.redis.url);
    await redis.flushall();
    redis.disconnect();
    await connect(stack, 'online', ben, cat);
    await isActing(roomId, ben, cat);
    expect(await absences(ofScript.id)).toEqual([]);
  }, 15_000);

  it('is made up for when PostgreSQL could not be told that a host came back', async () => {
    const { roomId, ann, ben } = await aLedRoom();
    await connect(stack, 'offline', ann);
    await isActing(roomId, ben, ben);
    await stack.database.query('alter table rooms.host_absences rename to out_of_reach');
    await expect(connect(stack, 'online', ann)).rejects.toThrow();
    await stack.database.query('alter table rooms.out_of_reach rename to host_absences');
    await isActing(roomId, null, ben);
  }, 15_000);
});
