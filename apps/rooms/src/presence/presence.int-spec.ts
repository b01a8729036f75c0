import { roomSignals, rooms, type DirectoryUser, type PayloadOf } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { cleanUp, waitFor } from '@atrium/testing';
import { aRoom, aRoomsService, connect, join, type RoomsStack } from '../../test/rooms-stack.ts';

let stack: RoomsStack;
let signals: PayloadOf<typeof roomSignals.presence>[];
let typing: PayloadOf<typeof roomSignals.typing>[];

beforeAll(async () => {
  stack = await aRoomsService({ ROOMS_PRESENCE_EXPIRY_SECONDS: '3' });
  await stack.startAnother();
  signals = await stack.bus.hear(roomSignals.presence);
  typing = await stack.bus.hear(roomSignals.typing);
});
afterAll(cleanUp);

const heardOf = (person: DirectoryUser) => signals.filter(({ userId }) => userId === person.id);
const statusOf = async (roomId: string, person: DirectoryUser) => {
  const { items } = await stack.bus.call(rooms.members, { roomId, query: person.username }, person.id);
  return items.find((member) => member.id === person.id)?.status;
};
const report = (gatewayId: string, person: DirectoryUser, status: 'online' | 'away' | 'offline') =>
  stack.bus.call(rooms.reportPresence, { gatewayId, users: [{ userId: person.id, status }] });

describe('presence', () => {
  it('shows who is connected, counts them, and tells their rooms when it changes', async () => {
    const [ann, ben] = [stack.aPerson(), stack.aPerson()];
    const one = await aRoom(stack, { host: ann, members: [ben] });
    const two = await aRoom(stack, { host: ann });
    await connect(stack, 'online', ann);
    expect(await statusOf(one.id, ann)).toBe('online');
    expect(await statusOf(one.id, ben)).toBe('offline');
    expect(await stack.bus.call(rooms.get, { roomId: one.id }, ben.id)).toMatchObject({ memberCount: 2, onlineCount: 1 });
    await waitFor(() => heardOf(ann).length > 0);
    expect(heardOf(ann)).toEqual([
      { userId: ann.id, status: 'online', roomIds: expect.arrayContaining([one.id, two.id]), directRoomIds: [] },
    ]);
  });

  it('merges gateways: online anywhere is online, gone everywhere is offline', async () => {
    const [ann, a, b] = [stack.aPerson(), uuidv7(), uuidv7()];
    const room = await aRoom(stack, { host: ann });
    await report(a, ann, 'away');
    expect(await statusOf(room.id, ann)).toBe('away');
    await report(b, ann, 'online');
    expect(await statusOf(room.id, ann)).toBe('online');
    await report(b, ann, 'offline');
    expect(await statusOf(room.id, ann)).toBe('away');
    await report(a, ann, 'offline');
    expect(await statusOf(room.id, ann)).toBe('offline');
  });

  it('signals at most once in five seconds, and ends with what is so', async () => {
    const ann = stack.aPerson();
    await aRoom(stack, { host: ann });
    const startedAt = Date.now();
    for (const status of ['online', 'away', 'online', 'away'] as const) await connect(stack, status, ann);
    const repeat = setInterval(() => void connect(stack, 'away', ann), 1000);
    try {
      await waitFor(() => heardOf(ann).length === 2, { withinMs: 8000 });
    } finally {
      clearInterval(repeat);
    }
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(4900);
    expect(heardOf(ann).map(({ status }) => status)).toEqual(['online', 'away']);
  }, 15_000);

  it('tells again who was away for a moment only: somebody may have looked just then', async () => {
    const ann = stack.aPerson();
    const room = await aRoom(stack, { host: ann });
    await connect(stack, 'online', ann);
    await connect(stack, 'offline', ann);
    expect(await statusOf(room.id, ann)).toBe('offline');
    await connect(stack, 'online', ann);
    const repeat = setInterval(() => void connect(stack, 'online', ann), 1000);
    try {
      await waitFor(() => heardOf(ann).length === 2, { withinMs: 8000 });
    } finally {
      clearInterval(repeat);
    }
    expect(heardOf(ann).map(({ status }) => status)).toEqual(['online', 'online']);
  }, 15_000);

  it('forgets whom no gateway repeats, and tells', async () => {
    const ann = stack.aPerson();
    const room = await aRoom(stack, { host: ann });
    await connect(stack, 'online', ann);
    await waitFor(() => heardOf(ann).at(-1)?.status === 'offline', { withinMs: 12_000 });
    expect(await statusOf(room.id, ann)).toBe('offline');
  }, 15_000);

  it('lets what is set by hand win, but shows nobody who is not there', async () => {
    const ann = stack.aPerson();
    const room = await aRoom(stack, { host: ann });
    const told = { userId: ann.id, version: 1, username: ann.username, displayName: 'Ann B.', avatarUrl: null };
    await connect(stack, 'online', ann);
    await stack.profiles.tell('userUpdated', { ...told, presence: 'dnd' });
    await waitFor(async () => (await statusOf(room.id, ann)) === 'dnd');
    await connect(stack, 'offline', ann);
    expect(await statusOf(room.id, ann)).toBe('offline');
  });

  it('tells of a new name or status those rooms alone that the person is in', async () => {
    const told = await stack.bus.hear(roomSignals.person);
    const [ann, ben] = [stack.aPerson(), stack.aPerson()];
    const [mine, shared] = [await aRoom(stack, { host: ann }), await aRoom(stack, { host: ben, members: [ann] })];
    await aRoom(stack, { host: ben });
    const person = {
      userId: ann.id,
      version: 1,
      username: ann.username,
      displayName: 'Ann B.',
      avatarUrl: null,
      presence: 'auto' as const,
    };
    await stack.profiles.tell('userUpdated', { ...person, statusText: 'Lunch' });
    const signal = await waitFor(() => told.find((one) => one.person.userId === ann.id));
    expect(signal.person).toMatchObject({ displayName: 'Ann B.', statusText: 'Lunch', version: 1 });
    expect([...signal.roomIds].sort()).toEqual([mine.id, shared.id].sort());
  });

  it('tells a room that someone connected has just joined it', async () => {
    const [ann, ben] = [stack.aPerson(), stack.aPerson()];
    const room = await aRoom(stack, { host: ann });
    await connect(stack, 'online', ben);
    const { member } = await join(stack, room.id, ben);
    expect(member.status).toBe('online');
    expect(await waitFor(() => heardOf(ben)[0])).toEqual({ userId: ben.id, status: 'online', roomIds: [room.id] });
  });
});

describe('the names of members', () => {
  it('follow the account in the order of its changes, whatever order they come in and whatever never comes', async () => {
    const ann = stack.aPerson({ displayName: 'Old' });
    const room = await aRoom(stack, { host: ann });
    const nameOf = async () => (await stack.bus.call(rooms.members, { roomId: room.id }, ann.id)).items[0]?.displayName;
    const told = { userId: ann.id, username: ann.username, avatarUrl: null, presence: 'auto' as const };
    const older = stack.profiles.keep('userUpdated', { ...told, version: 1, displayName: 'Older' });
    stack.profiles.keep('userUpdated', { ...told, version: 2, displayName: 'Never heard of' });
    await stack.profiles.tell('userUpdated', { ...told, version: 3, displayName: 'Newest' });
    await waitFor(async () => (await nameOf()) === 'Newest');
    await stack.profiles.deliver(older);
    const marker = stack.aPerson();
    await stack.profiles.tell('userUpdated', { ...marker, version: 1, userId: marker.id });
    await waitFor(async () => (await stack.database.query('select 1 from rooms.profiles where user_id = $1', [marker.id])).length === 1);
    expect(await nameOf()).toBe('Newest');
  });

  it('are level again after a start, although no event ever told of a change', async () => {
    const ann = stack.aPerson({ displayName: 'Old' });
    const room = await aRoom(stack, { host: ann });
    const nameOf = async () => (await stack.bus.call(rooms.members, { roomId: room.id }, ann.id)).items[0]?.displayName;
    stack.profiles.keep('userUpdated', { ...ann, userId: ann.id, version: 1, displayName: 'New' });
    await stack.startAnother();
    await waitFor(async () => (await nameOf()) === 'New', { what: 'the heads to be compared' });
  });
});

describe('typing', () => {
  it('is told when it begins and when it ends, and is shown meanwhile', async () => {
    const [ann, ben] = [stack.aPerson(), stack.aPerson()];
    const room = await aRoom(stack, { host: ann, members: [ben] });
    const set = (on: boolean) => stack.bus.call(rooms.setTyping, { roomId: room.id, typing: on }, ann.id);
    const typists = async () => (await stack.bus.call(rooms.members, { roomId: room.id }, ben.id)).items.filter((member) => member.typing);
    await set(true);
    await set(true);
    expect(await typists()).toMatchObject([{ id: ann.id }]);
    await set(false);
    await set(false);
    expect(await typists()).toEqual([]);
    const heard = () => typing.filter(({ roomId }) => roomId === room.id).map(({ userId, typing: on }) => [userId, on]);
    await waitFor(() => heard().length === 2);
    expect(heard()).toEqual([
      [ann.id, true],
      [ann.id, false],
    ]);
  });

  it('is for members of rooms that are not archived', async () => {
    const [ann, eve] = [stack.aPerson(), stack.aPerson()];
    const room = await aRoom(stack, { host: ann });
    const body = { roomId: room.id, typing: true };
    expect(await stack.bus.refusal(rooms.setTyping, body, eve.id)).toBe('not_a_member');
    await stack.bus.call(rooms.archive, { roomId: room.id }, ann.id);
    expect(await stack.bus.refusal(rooms.setTyping, body, ann.id)).toBe('room_archived');
  });
});

describe('without Redis', () => {
  it('goes on with everybody offline, and recovers by itself', async () => {
    const [ann, ben] = [stack.aPerson(), stack.aPerson()];
    const room = await aRoom(stack, { host: ann });
    await connect(stack, 'online', ann);
    await stack.redis.stop('SIGKILL');
    await expect(join(stack, room.id, ben)).resolves.toMatchObject({ room: { onlineCount: 0 }, member: { status: 'offline' } });
    await expect(stack.bus.call(rooms.setTyping, { roomId: room.id, typing: true }, ben.id)).resolves.toEqual({});
    await expect(connect(stack, 'online', ann)).resolves.toBeUndefined();
    await expect(stack.bus.call(rooms.leave, { roomId: room.id }, ann.id)).resolves.toMatchObject({ newHostId: ben.id });
    await stack.redis.start();
    await waitFor(async () => {
      await connect(stack, 'online', ben);
      return (await statusOf(room.id, ben)) === 'online';
    });
  }, 15_000);
});
