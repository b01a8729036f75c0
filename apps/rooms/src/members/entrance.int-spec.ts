import { roomEvents, roomSignals, rooms, type PayloadOf } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { cleanUp, waitFor } from '@atrium/testing';
import { aRoom, aRoomsService, join, outcomes, type RoomsStack } from '../../test/rooms-stack.ts';

let stack: RoomsStack;
let lobby: PayloadOf<typeof roomSignals.lobby>[];
let joined: PayloadOf<typeof roomEvents.memberJoined>[];

beforeAll(async () => {
  stack = await aRoomsService({ ROOMS_LOBBY_SECONDS: '600' });
  await stack.startAnother();
  lobby = await stack.bus.hear(roomSignals.lobby);
  joined = await stack.bus.hear(roomEvents.memberJoined);
});
afterAll(cleanUp);

const refusalOfJoin = async (roomId: string, person: { id: string }, options: object = {}) =>
  stack.bus.refusal(rooms.join, { roomId, address: '192.0.2.1', ...options }, person.id);
const people = () => [stack.aPerson(), stack.aPerson(), stack.aPerson(), stack.aPerson()] as const;
const audited = async (roomId: string) =>
  (await stack.database.query<{ action: string }>('select action from rooms.audit where room_id = $1 order by id', [roomId])).map(
    ({ action }) => action,
  );

describe('a private room and a stranger', () => {
  it('answers as one that does not exist, to a join with or without a password, until it no longer listens', async () => {
    const [ann, eve, guesser] = people();
    const secret = await aRoom(stack, { host: ann, visibility: 'private', password: 'sesame' });
    const closed = await aRoom(stack, { host: ann, visibility: 'private' });
    await stack.bus.call(rooms.update, { roomId: closed.id, locked: true }, ann.id);
    for (const roomId of [secret.id, closed.id, uuidv7()]) {
      expect(await refusalOfJoin(roomId, eve)).toBe('room_not_found');
      expect(await refusalOfJoin(roomId, eve, { password: 'guess' })).toBe('room_not_found');
      expect(await refusalOfJoin(roomId, eve, { linkKey: 'guess', inviteCode: 'guess' })).toBe('invite_not_found');
      const guesses: string[] = [];
      for (let guess = 0; guess < 6; guess++)
        guesses.push(await refusalOfJoin(roomId, guesser, { password: 'guess', address: `198.51.100.${guess}` }));
      expect(guesses).toEqual([...Array.from({ length: 5 }, () => 'room_not_found'), 'too_many_attempts']);
    }
  }, 30_000);

  it('shows itself to who knows the password, or holds the link that its members have', async () => {
    const [ann, ben, cat, dan] = people();
    const room = await aRoom(stack, { host: ann, visibility: 'private', password: 'sesame' });
    const { linkKey } = room.me!;
    expect(await join(stack, room.id, ben, { password: 'sesame' })).toMatchObject({ member: { id: ben.id } });
    expect(await refusalOfJoin(room.id, cat, { linkKey })).toBe('wrong_password');
    expect(await refusalOfJoin(room.id, cat, { linkKey, password: 'guess' })).toBe('wrong_password');
    await stack.bus.call(rooms.update, { roomId: room.id, password: null }, ann.id);
    expect(await refusalOfJoin(room.id, cat, { linkKey })).toBe('invitation_required');
    await stack.bus.call(rooms.update, { roomId: room.id, locked: true }, ann.id);
    expect(await refusalOfJoin(room.id, dan, { linkKey })).toBe('room_locked');
    expect((await aRoom(stack, { host: ann })).me!.linkKey).toBeNull();
  });
});

describe('an invite', () => {
  it('passes the password of a private room, as often as it may, and is counted once for each who comes', async () => {
    const [ann, ben, cat, dan] = people();
    const room = await aRoom(stack, { host: ann, visibility: 'private', password: 'sesame' });
    const invite = await stack.bus.call(rooms.createInvite, { roomId: room.id, maxUses: 2 }, ann.id);
    expect(Buffer.from(invite.code, 'base64url')).toHaveLength(16);
    const crowd = [ben, cat, dan, stack.aPerson(), stack.aPerson()];
    const comings = crowd.map((person) => join(stack, room.id, person, { inviteCode: invite.code }));
    expect(await outcomes(comings)).toEqual({ ok: 2, invite_used_up: 3 });
    const inside = (await stack.bus.call(rooms.members, { roomId: room.id }, ann.id)).items.find(({ role }) => role === 'member')!;
    await stack.bus.call(rooms.join, { roomId: room.id, inviteCode: invite.code, address: '192.0.2.1' }, inside.id);
    expect(await stack.bus.call(rooms.getInvite, { code: invite.code })).toEqual({
      roomId: room.id,
      name: room.name,
      topic: '',
      valid: false,
      problem: 'used_up',
    });
    expect((await stack.bus.call(rooms.invites, { roomId: room.id }, ann.id)).items).toEqual([]);
    const { items } = await stack.bus.call(rooms.audit, { roomId: room.id, action: 'member.joined' }, ann.id);
    expect(items).toMatchObject(Array.from({ length: 2 }, () => ({ details: { invite: invite.code.slice(0, 6) } })));
    expect(JSON.stringify(items)).not.toContain(invite.code);
  });

  it('passes neither the lock nor a ban, and is of no use for another room', async () => {
    const [ann, ben, cat] = people();
    const [room, other] = [await aRoom(stack, { host: ann, visibility: 'private' }), await aRoom(stack, { host: ann })];
    const { code: inviteCode } = await stack.bus.call(rooms.createInvite, { roomId: room.id }, ann.id);
    expect(await refusalOfJoin(other.id, ben, { inviteCode })).toBe('invite_not_found');
    await stack.bus.call(rooms.ban, { roomId: room.id, userId: cat.id }, ann.id);
    expect(await refusalOfJoin(room.id, cat, { inviteCode })).toBe('banned');
    await stack.bus.call(rooms.update, { roomId: room.id, locked: true }, ann.id);
    expect(await refusalOfJoin(room.id, ben, { inviteCode })).toBe('room_locked');
    expect(await stack.bus.call(rooms.getInvite, { code: inviteCode })).toMatchObject({ valid: false, problem: 'room_locked' });
  });

  it('says why it does not work once it has expired or was taken back', async () => {
    const [ann, ben] = people();
    const room = await aRoom(stack, { host: ann, visibility: 'private' });
    const create = (input: object = {}) => stack.bus.call(rooms.createInvite, { roomId: room.id, ...input }, ann.id);
    const old = await create({ expiresAt: new Date(Date.now() + 60_000).toISOString() });
    await stack.database.query(`update rooms.invites set expires_at = now() where code = $1`, [old.code]);
    expect(await refusalOfJoin(room.id, ben, { inviteCode: old.code })).toBe('invite_expired');
    const [first, second] = [await create(), await create()];
    await stack.bus.call(rooms.revokeInvites, { roomId: room.id, code: first.code }, ann.id);
    expect(await refusalOfJoin(room.id, ben, { inviteCode: first.code })).toBe('invite_revoked');
    expect(await stack.bus.call(rooms.getInvite, { code: second.code })).toMatchObject({ valid: true });
    await stack.bus.call(rooms.revokeInvites, { roomId: room.id }, ann.id);
    expect(await stack.bus.call(rooms.getInvite, { code: second.code })).toMatchObject({ valid: false, problem: 'revoked' });
    expect(await stack.bus.refusal(rooms.getInvite, { code: 'nothing' })).toBe('invite_not_found');
    const past = { roomId: room.id, expiresAt: new Date(Date.now() - 1).toISOString() };
    expect(await stack.bus.refusal(rooms.createInvite, past, ann.id)).toBe('validation_failed');
    expect(await audited(room.id)).toEqual(expect.arrayContaining(['invite.created', 'invite.revoked']));
  });

  it('is made, listed and taken back by moderators, and made once under one key', async () => {
    const [ann, ben] = people();
    const room = await aRoom(stack, { host: ann, members: [ben] });
    const keyed = { roomId: room.id, idempotencyKey: 'k', maxUses: 1 };
    const invite = await stack.bus.call(rooms.createInvite, keyed, ann.id);
    expect(await stack.bus.call(rooms.createInvite, keyed, ann.id)).toEqual(invite);
    expect(await stack.bus.refusal(rooms.createInvite, { ...keyed, maxUses: 2 }, ann.id)).toBe('idempotency_conflict');
    expect(await stack.bus.refusal(rooms.createInvite, { roomId: room.id }, ben.id)).toBe('forbidden');
    expect(await stack.bus.refusal(rooms.invites, { roomId: room.id }, ben.id)).toBe('forbidden');
    expect(await stack.bus.refusal(rooms.revokeInvites, { roomId: room.id }, ben.id)).toBe('forbidden');
  });
});

describe('the lobby', () => {
  const wait = (roomId: string, person: { id: string }, options: object = {}) => refusalOfJoin(roomId, person, options);

  it('keeps who joins waiting, first come first, and shows them the name and topic alone', async () => {
    const [ann, ben, cat] = people();
    const room = await aRoom(stack, { host: ann, lobby: true, topic: 'Plans', password: 'sesame' });
    expect(await wait(room.id, ben)).toBe('wrong_password');
    for (const person of [ben, cat, ben]) expect(await wait(room.id, person, { password: 'sesame' })).toBe('waiting_in_lobby');
    const { items } = await stack.bus.call(rooms.lobby, { roomId: room.id }, ann.id);
    expect(items.map(({ id }) => id)).toEqual([ben.id, cat.id]);
    expect(await stack.bus.call(rooms.ownRequest, { roomId: room.id }, ben.id)).toEqual({
      status: 'waiting',
      room: { id: room.id, name: room.name, topic: 'Plans' },
      requestedAt: items[0]!.requestedAt,
      expiresAt: items[0]!.expiresAt,
    });
    await waitFor(() => lobby.filter(({ roomId }) => roomId === room.id).length === 2);
    expect(lobby.find(({ userId }) => userId === cat.id)).toMatchObject({ status: 'waiting', waiting: 2, moderatorIds: [ann.id] });
  });

  it('lets in and turns away, each as often as it is asked, and nobody who does not wait', async () => {
    const [ann, ben, cat, dan] = people();
    const room = await aRoom(stack, { host: ann, lobby: true });
    await Promise.all([wait(room.id, ben), wait(room.id, cat)]);
    const about = (person: { id: string }) => ({ roomId: room.id, userId: person.id });
    await stack.bus.call(rooms.admit, about(ben), ann.id);
    await stack.bus.call(rooms.admit, about(ben), ann.id);
    await stack.bus.call(rooms.deny, about(cat), ann.id);
    await stack.bus.call(rooms.deny, about(cat), ann.id);
    expect(await stack.bus.refusal(rooms.admit, about(cat), ann.id)).toBe('not_waiting');
    expect(await stack.bus.refusal(rooms.deny, about(ben), ann.id)).toBe('already_a_member');
    expect(await stack.bus.refusal(rooms.admit, about(dan), ben.id)).toBe('forbidden');
    expect(await stack.bus.refusal(rooms.lobby, { roomId: room.id }, ben.id)).toBe('forbidden');
    await waitFor(() => lobby.some(({ userId, status }) => userId === cat.id && status === 'denied'));
    expect(joined.find((fact) => fact.member.userId === ben.id)).toMatchObject({ actorId: ann.id });
    expect(await audited(room.id)).toEqual(['room.created', 'member.admitted', 'member.denied']);
  });

  it('lets everyone in as far as there is room', async () => {
    const [ann, ben, cat, dan] = people();
    const room = await aRoom(stack, { host: ann, lobby: true, maxMembers: 3 });
    for (const person of [ben, cat, dan]) await wait(room.id, person);
    const admitted = await stack.bus.call(rooms.admitAll, { roomId: room.id }, ann.id);
    expect(admitted).toMatchObject({ admitted: [ben.id, cat.id], waiting: 1 });
    expect(await stack.bus.refusal(rooms.admitAll, { roomId: room.id }, ann.id)).toBe('room_full');
    expect(await stack.bus.refusal(rooms.admit, { roomId: room.id, userId: dan.id }, ann.id)).toBe('room_full');
  });

  it('forgets a request that lapsed or was withdrawn, and who is banned while waiting', async () => {
    const [ann, ben, cat, dan] = people();
    const room = await aRoom(stack, { host: ann, lobby: true });
    for (const person of [ben, cat, dan]) await wait(room.id, person);
    await stack.database.query('update rooms.lobby_requests set expires_at = now() where user_id = $1', [ben.id]);
    await stack.bus.call(rooms.withdrawRequest, { roomId: room.id }, cat.id);
    await stack.bus.call(rooms.ban, { roomId: room.id, userId: dan.id }, ann.id);
    const became = () => [ben, cat, dan].map(({ id }) => lobby.find(({ userId, status }) => userId === id && status !== 'waiting')?.status);
    await waitFor(() => became().every(Boolean), { what: 'each to be told' });
    expect(became()).toEqual(['lapsed', 'withdrawn', 'denied']);
    expect((await stack.bus.call(rooms.lobby, { roomId: room.id }, ann.id)).items).toEqual([]);
    expect(await stack.bus.refusal(rooms.ownRequest, { roomId: room.id }, ben.id)).toBe('not_waiting');
    expect(await wait(room.id, ben)).toBe('waiting_in_lobby');
  });

  it('counts an invite as used once its holder is let in', async () => {
    const [ann, ben] = people();
    const room = await aRoom(stack, { host: ann, lobby: true, visibility: 'private' });
    const { code: inviteCode } = await stack.bus.call(rooms.createInvite, { roomId: room.id }, ann.id);
    expect(await wait(room.id, ben, { inviteCode })).toBe('waiting_in_lobby');
    const uses = async () => (await stack.bus.call(rooms.invites, { roomId: room.id }, ann.id)).items[0]?.uses;
    expect(await uses()).toBe(0);
    await stack.bus.call(rooms.admit, { roomId: room.id, userId: ben.id }, ann.id);
    expect(await uses()).toBe(1);
  });
});

describe('adding people', () => {
  it('brings them in at once, and names whom it could not bring', async () => {
    const [ann, ben, cat, dan] = people();
    const nobody = uuidv7();
    const room = await aRoom(stack, { host: ann, members: [ben], maxMembers: 3, visibility: 'private', password: 'sesame', lobby: false });
    await stack.bus.call(rooms.ban, { roomId: room.id, userId: dan.id }, ann.id);
    const userIds = [ben.id, cat.id, dan.id, nobody, stack.aPerson().id];
    const { items, refused } = await stack.bus.call(rooms.addMembers, { roomId: room.id, userIds }, ann.id);
    expect(items.map(({ id }) => id).sort()).toEqual([ben.id, cat.id].sort());
    expect(refused.map(({ code }) => code).sort()).toEqual(['banned', 'room_full', 'user_not_found']);
    expect(await stack.bus.refusal(rooms.addMembers, { roomId: room.id, userIds: [dan.id] }, ann.id)).toBe('banned');
    expect(await stack.bus.refusal(rooms.addMembers, { roomId: room.id, userIds: [dan.id] }, cat.id)).toBe('forbidden');
    await stack.bus.call(rooms.leave, { roomId: room.id }, cat.id);
  });
});

describe('a room that many come to at once', () => {
  it('keeps nobody waiting in other rooms while they wait for it', async () => {
    const [ann, ben] = people();
    const { id: roomId } = await aRoom(stack, { host: ann });
    await aRoom(stack, { host: ben });
    await stack.database.query('begin');
    await stack.database.query('select from rooms.rooms where id = $1 for update', [roomId]);
    // More than both instances have connections to the database.
    const comers = Array.from({ length: 30 }, () => stack.aPerson());
    const coming = outcomes(comers.map((comer) => join(stack, roomId, comer)));
    const lists = Array.from({ length: 10 }, () => stack.bus.call(rooms.listJoined, {}, ben.id));
    for (const { items } of await Promise.all(lists)) expect(items).toHaveLength(1);
    await stack.database.query('commit');
    expect(await coming).toEqual({ ok: 30 });
  });
});
