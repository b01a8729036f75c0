import { accountEvents, roomEvents, rooms, type DirectoryUser, type PayloadOf } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { cleanUp, waitFor } from '@atrium/testing';
import { aRoom, aRoomsService, rolesIn, type RoomsStack } from '../../test/rooms-stack.ts';

let stack: RoomsStack;
let root: DirectoryUser;
let ann: DirectoryUser;
let ben: DirectoryUser;
let hostChanges: PayloadOf<typeof roomEvents.hostChanged>[];

beforeAll(async () => {
  stack = await aRoomsService();
  hostChanges = await stack.bus.hear(roomEvents.hostChanged);
  root = stack.aPerson();
});
beforeEach(() => {
  [ann, ben] = [stack.aPerson(), stack.aPerson()];
});
afterAll(cleanUp);

const asRoot = () => ({ actorId: root.id, actorRole: 'admin' as const });
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );
const update = (roomId: string, change: { archived?: boolean; hostId?: string }) =>
  stack.bus.rpc.call(rooms.adminUpdateRoom, { roomId, reason: 'asked for', ...change }, asRoot());
const auditOf = async (roomId: string) => (await stack.bus.rpc.call(rooms.adminAudit, { roomId }, asRoot())).items;
const disable = (userId: string, disabled = true) =>
  stack.bus.tell(accountEvents.userDisabled, {
    userId,
    disabled,
    at: new Date().toISOString(),
    actorId: root.id,
    reason: 'left the company',
  });

describe('the rooms that admins see', () => {
  it('are all there are, private ones too, found by name and state', async () => {
    const name = `Harbour ${uuidv7()}`;
    const open = await aRoom(stack, { name, host: ann });
    const hidden = await aRoom(stack, { name, host: ann, visibility: 'private', password: 'sesame' });
    const list = (input: object) => stack.bus.rpc.call(rooms.adminRooms, { query: name, ...input }, asRoot());
    const first = await list({ limit: 1 });
    expect(first.items).toMatchObject([{ id: hidden.id, hasPassword: true, hostId: ann.id, hostUsername: ann.username, memberCount: 1 }]);
    expect((await list({ cursor: first.nextCursor! })).items.map(({ id }) => id)).toEqual([open.id]);
    expect((await list({ visibility: 'private' })).items.map(({ id }) => id)).toEqual([hidden.id]);
    expect((await list({ archived: 'true' })).items).toEqual([]);
    expect(await codeOf(list({ cursor: 'nonsense' }))).toBe('validation_failed');
    const members = await stack.bus.rpc.call(rooms.adminMembers, { roomId: hidden.id }, asRoot());
    expect(members.items).toMatchObject([{ userId: ann.id, roomName: name, role: 'host' }]);
    const places = await stack.bus.rpc.call(rooms.adminMembers, { userId: ann.id, limit: 1 }, asRoot());
    const next = await stack.bus.rpc.call(rooms.adminMembers, { userId: ann.id, cursor: places.nextCursor! }, asRoot());
    expect([...places.items, ...next.items].map(({ roomId }) => roomId).sort()).toEqual([open.id, hidden.id].sort());
  });

  it.each([
    ['adminRooms', {}],
    ['adminRoom', { roomId: uuidv7() }],
    ['adminUpdateRoom', { roomId: uuidv7(), archived: false, reason: 'x' }],
    ['adminMembers', {}],
    ['adminAudit', {}],
    ['adminStats', { from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z', stepSeconds: 3600 }],
  ] as const)('are not there for who is no admin: %s', async (name, input) => {
    expect(await stack.bus.refusal(rooms[name], input, ann.id)).toBe('not_found');
  });
});

describe('a room that everybody left', () => {
  it('is restored and given a host who was not in it', async () => {
    const room = await aRoom(stack, { host: ann });
    await stack.bus.call(rooms.leave, { roomId: room.id }, ann.id);
    const restored = await update(room.id, { archived: false, hostId: ben.id });
    expect(restored.room).toMatchObject({ archivedAt: null, hostId: ben.id, memberCount: 1 });
    expect(await rolesIn(stack, room.id, ben)).toEqual({ [ben.username]: 'host' });
    expect((await auditOf(room.id)).slice(0, 3)).toMatchObject([
      { service: 'rooms', action: 'host.changed', actorId: root.id, targetId: ben.id, reason: 'asked for' },
      { action: 'member.added', targetId: ben.id },
      { action: 'room.restored', reason: 'asked for' },
    ]);
  });

  it('has no host to be given while it is archived', async () => {
    const room = await aRoom(stack, { host: ann });
    await stack.bus.call(rooms.leave, { roomId: room.id }, ann.id);
    expect(await codeOf(update(room.id, { hostId: ben.id }))).toBe('room_archived');
    expect((await auditOf(room.id)).some(({ actorId }) => actorId === root.id)).toBe(false);
  });
});

describe('an admin', () => {
  it('archives a room, and gives the host role to another member', async () => {
    const room = await aRoom(stack, { host: ann, members: [ben] });
    await update(room.id, { hostId: ben.id });
    expect(await rolesIn(stack, room.id, ben)).toEqual({ [ann.username]: 'moderator', [ben.username]: 'host' });
    expect((await update(room.id, { archived: true })).room.archivedAt).not.toBeNull();
    const told = (await auditOf(room.id)).length;
    await update(room.id, { archived: true });
    expect(await auditOf(room.id)).toHaveLength(told);
  });

  it('gives a reason, a change, and names a room and a person that are there', async () => {
    const room = await aRoom(stack, { host: ann });
    expect(await codeOf(update(room.id, {}))).toBe('validation_failed');
    expect(await codeOf(stack.bus.rpc.call(rooms.adminUpdateRoom, { roomId: room.id, archived: true, reason: '' }, asRoot()))).toBe(
      'validation_failed',
    );
    expect(await codeOf(update(uuidv7(), { archived: true }))).toBe('room_not_found');
    expect(await codeOf(update(room.id, { hostId: uuidv7() }))).toBe('user_not_found');
  });
});

describe('the host whose account is disabled', () => {
  it('is followed by the next by the rule, and is a plain member from then on', async () => {
    const room = await aRoom(stack, { host: ann, members: [ben] });
    await disable(ann.id);
    await waitFor(() => hostChanges.some(({ roomId, hostId }) => roomId === room.id && hostId === ben.id));
    await waitFor(async () => (await rolesIn(stack, room.id, ben))[ann.username] === 'member');
    expect((await auditOf(room.id)).slice(0, 2)).toMatchObject([
      { action: 'member.role', targetId: ann.id, actorId: root.id },
      { action: 'host.disabled', targetId: ben.id, reason: 'left the company' },
    ]);
  });

  it('is never followed by somebody who is disabled too', async () => {
    const cat = stack.aPerson();
    const room = await aRoom(stack, { host: ann, members: [ben, cat] });
    await disable(ben.id);
    await disable(ann.id);
    await waitFor(() => hostChanges.some(({ roomId, hostId }) => roomId === room.id && hostId === cat.id));
    expect(await stack.bus.refusal(rooms.handOver, { roomId: room.id, userId: ben.id }, cat.id)).toBe('member_not_found');
    expect(await stack.bus.refusal(rooms.leave, { roomId: room.id, successorId: ben.id }, cat.id)).toBe('invalid_successor');
    expect(await codeOf(update(room.id, { hostId: ben.id }))).toBe('user_not_found');
  });

  it('can lead again after the account is restored', async () => {
    const room = await aRoom(stack, { host: ann, members: [ben] });
    await disable(ann.id);
    await waitFor(() => hostChanges.some(({ roomId }) => roomId === room.id));
    await disable(ann.id, false);
    await waitFor(async () => (await codeOf(stack.bus.call(rooms.handOver, { roomId: room.id, userId: ann.id }, ben.id))) === 'done');
    expect(await rolesIn(stack, room.id, ben)).toMatchObject({ [ann.username]: 'host' });
  });
});

describe('the figures of rooms', () => {
  it('count the open rooms, and the joins of each step', async () => {
    const now = Date.now();
    const range = { from: new Date(now - 3_600_000).toISOString(), to: new Date(now + 1000).toISOString(), stepSeconds: 3600 };
    const last = async (name: string) => {
      const { series } = await stack.bus.rpc.call(rooms.adminStats, { ...range, to: new Date(Date.now() + 1000).toISOString() }, asRoot());
      return series.find((one) => one.name === name)!.points.reduce((sum, { value }) => (name === 'rooms' ? value : sum + value), 0);
    };
    const [before, joins] = [await last('rooms'), await last('joins')];
    const room = await aRoom(stack, { host: ann, members: [ben] });
    expect([await last('rooms'), await last('joins')]).toEqual([before + 1, joins + 1]);
    await update(room.id, { archived: true });
    expect(await last('rooms')).toBe(before);
  });
});
