import { roomEvents, rooms, type PayloadOf } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { cleanUp, waitFor } from '@atrium/testing';
import { aRoom, aRoomsService, connect, join, rolesIn, type RoomsStack } from '../../test/rooms-stack.ts';

let stack: RoomsStack;
let joined: PayloadOf<typeof roomEvents.memberJoined>[];

beforeAll(async () => {
  stack = await aRoomsService();
  joined = await stack.bus.hear(roomEvents.memberJoined);
});
afterAll(cleanUp);

describe('a direct room', () => {
  it('is made once for the same people, whoever of them opens it and in whatever order they are named', async () => {
    const [ann, ben, eve] = [stack.aPerson({ displayName: 'Ann' }), stack.aPerson({ displayName: 'Ben' }), stack.aPerson()];
    const first = await stack.bus.call(rooms.openDirect, { userIds: [ben.id, eve.id, ben.id] }, ann.id);
    expect(first).toMatchObject({
      created: true,
      room: { kind: 'direct', memberCount: 3, hostId: null, botEnabled: false, visibility: 'private' },
    });
    const again = await stack.bus.call(rooms.openDirect, { userIds: [eve.id, ann.id] }, ben.id);
    expect(again).toMatchObject({ created: false, room: { id: first.room.id, me: { role: 'member' } } });
    const other = await stack.bus.call(rooms.openDirect, { userIds: [ben.id] }, ann.id);
    expect(other.room.id).not.toBe(first.room.id);
    expect(await rolesIn(stack, first.room.id, ann)).toEqual({
      [ann.username]: 'member',
      [ben.username]: 'member',
      [eve.username]: 'member',
    });
  });

  it('is one room when all of its people open it at once', async () => {
    const people = [stack.aPerson(), stack.aPerson(), stack.aPerson(), stack.aPerson()];
    const opened = await Promise.all(
      people.map((me) => stack.bus.call(rooms.openDirect, { userIds: people.filter((one) => one !== me).map(({ id }) => id) }, me.id)),
    );
    expect(new Set(opened.map(({ room }) => room.id)).size).toBe(1);
    expect(opened.filter(({ created }) => created)).toHaveLength(1);
  });

  it('is called by the names of the others, and shows who of them is there', async () => {
    const [ann, ben, eve] = [
      stack.aPerson({ displayName: 'Ann' }),
      stack.aPerson({ displayName: 'Ben' }),
      stack.aPerson({ displayName: 'Eve', presence: 'dnd' }),
    ];
    await connect(stack, 'online', ann, eve);
    const { room } = await stack.bus.call(rooms.openDirect, { userIds: [ben.id, eve.id] }, ann.id);
    expect(room).toMatchObject({
      name: 'Ben, Eve',
      people: [
        { id: ann.id, status: 'online' },
        { id: ben.id, username: ben.username, displayName: 'Ben', avatarUrl: null, status: 'offline' },
        { id: eve.id, status: 'dnd' },
      ],
    });
    const { items } = await stack.bus.call(rooms.listJoined, {}, ben.id);
    expect(items).toMatchObject([{ id: room.id, kind: 'direct', name: 'Ann, Eve' }]);
  });

  it('tells each of its people to the services that keep copies', async () => {
    const [ann, ben] = [stack.aPerson(), stack.aPerson()];
    const { room, fact } = await stack.bus.call(rooms.openDirect, { userIds: [ben.id] }, ann.id);
    await waitFor(() => joined.filter(({ roomId }) => roomId === room.id).length === 2, { what: 'both to be told' });
    const told = joined.filter(({ roomId }) => roomId === room.id).sort((a, b) => a.version - b.version);
    expect(told).toMatchObject([
      { version: 1, room: { kind: 'direct' }, member: { userId: ann.id } },
      { version: 2, room: { kind: 'direct' }, member: { userId: ben.id } },
    ]);
    expect(fact).toEqual({ kind: 'room', key: room.id, version: 2 });
  });

  it('has between two and eight people, all of whom exist', async () => {
    const ann = stack.aPerson();
    const seven = Array.from({ length: 7 }, () => stack.aPerson().id);
    const { bus } = stack;
    expect(await bus.refusal(rooms.openDirect, { userIds: [] }, ann.id)).toBe('validation_failed');
    expect(await bus.refusal(rooms.openDirect, { userIds: [ann.id] }, ann.id)).toBe('validation_failed');
    expect(await bus.refusal(rooms.openDirect, { userIds: [...seven, stack.aPerson().id] }, ann.id)).toBe('validation_failed');
    expect(await bus.refusal(rooms.openDirect, { userIds: [uuidv7()] }, ann.id)).toBe('user_not_found');
    expect((await bus.call(rooms.openDirect, { userIds: seven }, ann.id)).room.memberCount).toBe(8);
  });

  it('lets nobody in, out, or decide anything about it', async () => {
    const [ann, ben, eve] = [stack.aPerson(), stack.aPerson(), stack.aPerson()];
    const { room } = await stack.bus.call(rooms.openDirect, { userIds: [ben.id] }, ann.id);
    const { bus } = stack;
    const roomId = room.id;
    expect(await bus.refusal(rooms.join, { roomId, address: '192.0.2.1' }, eve.id)).toBe('room_not_found');
    expect(await bus.refusal(rooms.get, { roomId }, eve.id)).toBe('room_not_found');
    expect(await bus.refusal(rooms.kick, { roomId, userId: ben.id }, ann.id)).toBe('forbidden');
    expect(await bus.refusal(rooms.setRole, { roomId, userId: ben.id, role: 'moderator' }, ann.id)).toBe('forbidden');
    expect(await bus.refusal(rooms.handOver, { roomId, userId: ben.id }, ann.id)).toBe('forbidden');
    expect(await bus.refusal(rooms.update, { roomId, name: 'Ours' }, ann.id)).toBe('forbidden');
    expect(await bus.refusal(rooms.toggleBot, { roomId, enabled: true }, ann.id)).toBe('forbidden');
    expect(await bus.refusal(rooms.archive, { roomId }, ann.id)).toBe('forbidden');
    expect(await bus.call(rooms.leave, { roomId }, ann.id)).toMatchObject({ newHostId: null, archived: false, hides: true });
    expect(await bus.call(rooms.get, { roomId }, ann.id)).toMatchObject({ memberCount: 2, me: { role: 'member' } });
  });
});

describe('the members of a room who are online', () => {
  it('are those at the keyboard who did not set themselves to be left alone', async () => {
    const [ann, ben, eve] = [stack.aPerson(), stack.aPerson(), stack.aPerson({ presence: 'dnd' })];
    const [away, outside] = [stack.aPerson(), stack.aPerson()];
    const room = await aRoom(stack, { host: ann, members: [ben, eve, away] });
    await connect(stack, 'online', ann, eve, outside);
    await connect(stack, 'away', away);
    expect(await stack.bus.call(rooms.onlineMembers, { roomId: room.id })).toEqual({ userIds: [ann.id] });
    await join(stack, room.id, outside);
    expect(new Set((await stack.bus.call(rooms.onlineMembers, { roomId: room.id })).userIds)).toEqual(new Set([ann.id, outside.id]));
  });
});
