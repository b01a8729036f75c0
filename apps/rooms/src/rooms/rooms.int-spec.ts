import { roomEvents, rooms, type PayloadOf } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { uuidv7 } from '@atrium/database';
import { aRoom, aRoomsService, join, outcomes, rolesIn, type RoomsStack } from '../../test/rooms-stack.ts';

let stack: RoomsStack;
let joined: PayloadOf<typeof roomEvents.memberJoined>[];
let updated: PayloadOf<typeof roomEvents.roomUpdated>[];

beforeAll(async () => {
  stack = await aRoomsService();
  joined = await stack.bus.hear(roomEvents.memberJoined);
  updated = await stack.bus.hear(roomEvents.roomUpdated);
});
afterAll(cleanUp);

const { call, refusal } = {
  call: ((...given) => stack.bus.call(...given)) as RoomsStack['bus']['call'],
  refusal: ((...given) => stack.bus.refusal(...given)) as RoomsStack['bus']['refusal'],
};

describe('making a room', () => {
  it('makes the creator host, keeps what was asked for and tells who came first', async () => {
    const ann = stack.aPerson({ displayName: 'Ann' });
    const { room, fact } = await call(rooms.create, { name: ' Harbour ', topic: 'ships', password: 'sesame', maxMembers: 3 }, ann.id);
    expect(room).toMatchObject({
      name: 'Harbour',
      topic: 'ships',
      description: '',
      visibility: 'public',
      hasPassword: true,
      locked: false,
      lobby: false,
      botEnabled: true,
      slowModeSeconds: 0,
      whoCanPost: 'everyone',
      historyVisibility: 'all',
      removedCanRejoin: true,
      editWindowSeconds: 86_400,
      maxMembers: 3,
      memberCount: 1,
      onlineCount: 0,
      hostId: ann.id,
      archivedAt: null,
      me: { role: 'host', joinedAt: room.createdAt, mutedUntil: null, notify: 'all' },
    });
    const event = await waitFor(() => joined.find((told) => told.roomId === room.id));
    expect(event).toMatchObject({
      version: 1,
      actorId: ann.id,
      room: { name: 'Harbour', hasPassword: true },
      member: { userId: ann.id, username: ann.username, displayName: 'Ann', role: 'host' },
    });
    expect(JSON.stringify(event)).not.toContain('sesame');
    expect(fact).toEqual({ kind: 'room', key: room.id, version: 1 });
    expect(await stack.database.query('select action, actor_id from rooms.audit where room_id = $1', [room.id])).toEqual([
      { action: 'room.created', actor_id: ann.id },
    ]);
  });

  it('answers the same room for the same key, and refuses the key for anything else', async () => {
    const ann = stack.aPerson();
    const body = { name: 'Once', topic: 'one', password: 'sesame', idempotencyKey: 'key-1' };
    const first = await call(rooms.create, body, ann.id);
    expect(await call(rooms.create, { ...body, name: ' Once ' }, ann.id)).toEqual(first);
    for (const other of [{ name: 'Twice' }, { topic: undefined }, { password: 'other' }, { password: undefined }, { locked: true }]) {
      expect(await refusal(rooms.create, { ...body, ...other }, ann.id)).toBe('idempotency_conflict');
    }
    const theirs = await call(rooms.create, body, stack.aPerson().id);
    expect(theirs.room.id).not.toBe(first.room.id);
  });

  it('shows a private room for its key no more to who was put out of it', async () => {
    const [ann, ben] = [stack.aPerson(), stack.aPerson()];
    const body = { name: 'Vault', visibility: 'private' as const, password: 'sesame', idempotencyKey: 'vault' };
    const { room } = await call(rooms.create, body, ann.id);
    await join(stack, room.id, ben, { password: 'sesame' });
    await call(rooms.handOver, { roomId: room.id, userId: ben.id }, ann.id);
    await call(rooms.kick, { roomId: room.id, userId: ann.id }, ben.id);
    expect(await refusal(rooms.create, body, ann.id)).toBe('room_not_found');
    await call(rooms.update, { roomId: room.id, visibility: 'public' }, ben.id);
    expect(await call(rooms.create, body, ann.id)).toMatchObject({ room: { id: room.id, me: null } });
  });

  it('makes one room of one key used ten times at once', async () => {
    const ann = stack.aPerson();
    const made = await Promise.all(Array.from({ length: 10 }, () => call(rooms.create, { name: 'Race', idempotencyKey: 'race' }, ann.id)));
    expect(new Set(made.map(({ room }) => room.id)).size).toBe(1);
    expect(made.map(({ fact }) => fact.version)).toEqual(made.map(() => 1));
  });

  it('refuses nobody in particular, nameless rooms and people accounts does not know', async () => {
    expect(await refusal(rooms.create, { name: 'Room' })).toBe('unauthenticated');
    expect(await refusal(rooms.create, { name: '  ' }, stack.aPerson().id)).toBe('validation_failed');
    expect(await refusal(rooms.create, { name: 'Room' }, uuidv7())).toBe('user_not_found');
  });
});

describe('finding rooms', () => {
  it('discovers public rooms, largest first, and says where the caller is in', async () => {
    const [ann, ben, cat] = [stack.aPerson(), stack.aPerson(), stack.aPerson()];
    const small = await aRoom(stack, { host: ann, name: 'Zebra 100% small' });
    const large = await aRoom(stack, { host: ann, members: [ben, cat], name: 'large', topic: 'zebra 100% fans' });
    const middle = await aRoom(stack, { host: ann, members: [ben], name: 'middle', description: 'about a ZEBRA 100% of the time' });
    await aRoom(stack, { host: ann, members: [], name: 'zebra 100% hidden', visibility: 'private' });
    await aRoom(stack, { host: ann, name: 'zebra 100x' });
    const first = await call(rooms.discover, { query: 'zebra 100%', limit: 2 }, ben.id);
    expect(first.items.map((room) => [room.id, room.me?.role])).toEqual([
      [large.id, 'member'],
      [middle.id, 'member'],
    ]);
    const second = await call(rooms.discover, { query: 'zebra 100%', limit: 2, cursor: first.nextCursor }, ben.id);
    expect(second).toMatchObject({ items: [{ id: small.id, me: null }], nextCursor: null });
    expect(await refusal(rooms.discover, { cursor: 'nonsense' }, ann.id)).toBe('validation_failed');
  });

  it('lists the rooms the caller is in, latest activity first, private ones included', async () => {
    const [ann, ben] = [stack.aPerson(), stack.aPerson()];
    const older = await aRoom(stack, { host: ann, name: 'older' });
    await aRoom(stack, { host: ann, name: 'hidden', visibility: 'private' });
    await aRoom(stack, { host: ben, name: 'not mine' });
    await join(stack, older.id, ben);
    const all = await call(rooms.listJoined, {}, ann.id);
    expect(all.items.map((room) => room.name)).toEqual(['older', 'hidden']);
  });

  it('shows a public room to anyone and a private one to its members only', async () => {
    const [ann, eve] = [stack.aPerson(), stack.aPerson()];
    const open = await aRoom(stack, { host: ann });
    const closed = await aRoom(stack, { host: ann, visibility: 'private' });
    expect(await call(rooms.get, { roomId: open.id }, eve.id)).toMatchObject({ id: open.id, me: null });
    expect(await call(rooms.get, { roomId: closed.id }, ann.id)).toMatchObject({ id: closed.id, me: { role: 'host' } });
    expect(await refusal(rooms.get, { roomId: closed.id }, eve.id)).toBe('room_not_found');
    expect(await refusal(rooms.get, { roomId: uuidv7() }, eve.id)).toBe('room_not_found');
  });

  it('tells other services who is in, with the version of the room', async () => {
    const [ann, ben] = [stack.aPerson(), stack.aPerson({ displayName: 'Ben' })];
    const room = await aRoom(stack, { host: ann, members: [ben], visibility: 'private', password: 'sesame' });
    expect(await call(rooms.getMembership, { roomId: room.id, userId: ben.id })).toMatchObject({
      version: 2,
      room: { id: room.id, hostId: ann.id },
      member: { userId: ben.id, displayName: 'Ben', role: 'member', mutedUntil: null },
    });
    expect(await call(rooms.getMembership, { roomId: room.id, userId: uuidv7() })).toMatchObject({ member: null });
    expect(await refusal(rooms.getMembership, { roomId: uuidv7(), userId: ben.id })).toBe('room_not_found');
  });
});

describe('changing a room', () => {
  it('lets the host alone change settings, and tells what changed', async () => {
    const [ann, ben, eve] = [stack.aPerson(), stack.aPerson(), stack.aPerson()];
    const room = await aRoom(stack, { host: ann, members: [ben] });
    const patch = { roomId: room.id, topic: 'new', slowModeSeconds: 5, locked: false };
    const { room: after, fact } = await call(rooms.update, patch, ann.id);
    expect(after).toMatchObject({ topic: 'new', slowModeSeconds: 5, me: { role: 'host' } });
    expect(fact).toEqual({ kind: 'room', key: room.id, version: 3 });
    expect(await waitFor(() => updated.find((told) => told.roomId === room.id))).toMatchObject({
      version: 3,
      changed: ['topic', 'slowModeSeconds'],
      room: { topic: 'new' },
    });
    expect((await call(rooms.update, patch, ann.id)).fact).toEqual(fact);
    expect(await refusal(rooms.update, patch, ben.id)).toBe('forbidden');
    expect(await refusal(rooms.update, patch, eve.id)).toBe('forbidden');
    expect((await stack.bus.call(rooms.update, { roomId: room.id, lobby: true }, ann.id)).room).toMatchObject({ lobby: true });
  });

  it('writes down what each setting was changed to, but for the password', async () => {
    const ann = stack.aPerson();
    const room = await aRoom(stack, { host: ann });
    await call(rooms.update, { roomId: room.id, whoCanPost: 'moderators', slowModeSeconds: 30, password: 'a secret of ours' }, ann.id);
    const { items } = await call(rooms.audit, { roomId: room.id }, ann.id);
    expect(items[0]).toMatchObject({
      action: 'room.updated',
      details: { changed: ['slowModeSeconds', 'whoCanPost', 'password'], to: { whoCanPost: 'moderators', slowModeSeconds: 30 } },
    });
    expect(JSON.stringify(items)).not.toContain('a secret of ours');
  });

  it('hides that a private room exists from whoever wants to change it', async () => {
    const [ann, eve] = [stack.aPerson(), stack.aPerson()];
    const { id: roomId } = await aRoom(stack, { host: ann, visibility: 'private' });
    const other = ann.id;
    const tries = [
      stack.bus.refusal(rooms.update, { roomId, password: 'mine' }, eve.id),
      stack.bus.refusal(rooms.archive, { roomId }, eve.id),
      stack.bus.refusal(rooms.leave, { roomId }, eve.id),
      stack.bus.refusal(rooms.kick, { roomId, userId: other }, eve.id),
      stack.bus.refusal(rooms.setRole, { roomId, userId: other, role: 'member' }, eve.id),
      stack.bus.refusal(rooms.handOver, { roomId, userId: other }, eve.id),
      stack.bus.refusal(rooms.toggleBot, { roomId }, eve.id),
      stack.bus.refusal(rooms.members, { roomId }, eve.id),
      stack.bus.refusal(rooms.setTyping, { roomId, typing: true }, eve.id),
      stack.bus.refusal(rooms.join, { roomId, address: '192.0.2.1' }, eve.id),
      stack.bus.refusal(rooms.join, { roomId, password: 'guess', address: '192.0.2.1' }, eve.id),
    ];
    expect(new Set(await Promise.all(tries))).toEqual(new Set(['room_not_found']));
  });

  it('lets moderators switch the bot, with and without saying which way', async () => {
    const [ann, ben] = [stack.aPerson(), stack.aPerson()];
    const room = await aRoom(stack, { host: ann, members: [ben] });
    const toggles = await stack.bus.hear(roomEvents.botToggled);
    expect(await refusal(rooms.toggleBot, { roomId: room.id }, ben.id)).toBe('forbidden');
    await call(rooms.setRole, { roomId: room.id, userId: ben.id, role: 'moderator' }, ann.id);
    expect(await call(rooms.toggleBot, { roomId: room.id }, ben.id)).toMatchObject({ botEnabled: false });
    expect(await call(rooms.toggleBot, { roomId: room.id, enabled: false }, ben.id)).toMatchObject({
      botEnabled: false,
      fact: { version: 4 },
    });
    const switched = await call(rooms.update, { roomId: room.id, botEnabled: true }, ann.id);
    expect(switched).toMatchObject({ room: { botEnabled: true }, fact: { version: 6 } });
    await waitFor(() => toggles.length === 2);
    expect(toggles.map(({ enabled, version }) => [enabled, version])).toEqual([
      [false, 4],
      [true, 6],
    ]);
  });

  it('archives for the host and for an administrator, once', async () => {
    const [ann, ben, root] = [stack.aPerson(), stack.aPerson(), stack.aPerson()];
    const room = await aRoom(stack, { host: ann, members: [ben] });
    const archived = await stack.bus.hear(roomEvents.roomArchived);
    expect(await refusal(rooms.archive, { roomId: room.id }, ben.id)).toBe('forbidden');
    expect(await refusal(rooms.archive, { roomId: room.id }, root.id)).toBe('forbidden');
    const first = await stack.bus.rpc.call(rooms.archive, { roomId: room.id }, { actorId: root.id, actorRole: 'admin' });
    expect(await call(rooms.archive, { roomId: room.id }, ann.id)).toEqual(first);
    expect(await waitFor(() => archived[0])).toMatchObject({ roomId: room.id, actorId: root.id });
    expect(archived).toHaveLength(1);
    expect(await call(rooms.get, { roomId: room.id }, ben.id)).toMatchObject({ archivedAt: archived[0]?.archivedAt });
    expect((await call(rooms.listJoined, {}, ben.id)).items).toEqual([]);
    expect(await refusal(rooms.update, { roomId: room.id, topic: 'x' }, ann.id)).toBe('room_archived');
    expect(await refusal(rooms.join, { roomId: room.id, address: 'a' }, root.id)).toBe('room_archived');
    expect(await rolesIn(stack, room.id, ben)).toEqual({ [ann.username]: 'host', [ben.username]: 'member' });
  });
});

describe('the facts of a room', () => {
  it('are given out in order, numbered without a hole, as they were told', async () => {
    const [ann, ben] = [stack.aPerson(), stack.aPerson()];
    const since = new Date(Date.now() - 1000).toISOString();
    const room = await aRoom(stack, { host: ann, members: [ben] });
    const { fact } = await call(rooms.kick, { roomId: room.id, userId: ben.id, reason: 'enough' }, ann.id);
    const { items, hasAfter } = await call(rooms.facts, { key: room.id, after: 0 });
    expect(items.map(({ name, version }) => [name, version])).toEqual([
      ['memberJoined', 1],
      ['memberJoined', 2],
      ['memberRemoved', 3],
    ]);
    expect(items[2]).toMatchObject({
      payload: { roomId: room.id, version: 3, userId: ben.id, how: 'kicked', reason: 'enough' },
    });
    expect(fact).toEqual({ kind: 'room', key: room.id, version: 3 });
    expect(hasAfter).toBe(false);
    expect((await call(rooms.facts, { key: room.id, after: 2 })).items).toEqual([items[2]]);
    expect((await call(rooms.factHeads, { since })).items).toContainEqual({ key: room.id, version: 3 });
  });
});

describe('the audit log', () => {
  it('has a row for every version of a room, and rows cannot be changed or removed', async () => {
    const [ann, ben] = [stack.aPerson(), stack.aPerson()];
    const room = await aRoom(stack, { host: ann, members: [ben] });
    await outcomes([
      call(rooms.update, { roomId: room.id, topic: 'a' }, ann.id),
      call(rooms.toggleBot, { roomId: room.id }, ann.id),
      call(rooms.setRole, { roomId: room.id, userId: ben.id, role: 'moderator' }, ann.id),
      call(rooms.update, { roomId: room.id, topic: 'b' }, ann.id),
    ]);
    const [row] = await stack.database.query<{ version: number; audits: number }>(
      `select version, (select count(*)::int from rooms.audit where room_id = r.id) as audits from rooms.rooms r where id = $1`,
      [room.id],
    );
    expect(row).toEqual({ version: 6, audits: 6 });
    await expect(stack.database.query('delete from rooms.audit')).rejects.toThrow('append-only');
    await expect(stack.database.query(`update rooms.audit set action = 'nothing'`)).rejects.toThrow('append-only');
  });
});
