import { roomEvents, roomSignals, rooms, type PayloadOf } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { aRoom, aRoomsService, join, type RoomsStack } from '../../test/rooms-stack.ts';

let stack: RoomsStack;
let removed: PayloadOf<typeof roomEvents.memberRemoved>[];
let hands: PayloadOf<typeof roomSignals.hand>[];

beforeAll(async () => {
  stack = await aRoomsService();
  removed = await stack.bus.hear(roomEvents.memberRemoved);
  hands = await stack.bus.hear(roomSignals.hand);
});
afterAll(cleanUp);

const refusalOfJoin = (roomId: string, person: { id: string }) =>
  stack.bus.refusal(rooms.join, { roomId, address: '192.0.2.1' }, person.id);
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

/** A room with two of each rank below the host. */
async function aRankedRoom(settings: object = {}) {
  const [ann, mia, mo, ben, cat] = Array.from({ length: 5 }, () => stack.aPerson());
  const room = await aRoom(stack, { host: ann!, members: [mia!, mo!, ben!, cat!], ...settings });
  for (const moderator of [mia!, mo!])
    await stack.bus.call(rooms.setRole, { roomId: room.id, userId: moderator.id, role: 'moderator' }, ann!.id);
  return { roomId: room.id, ann: ann!, mia: mia!, mo: mo!, ben: ben!, cat: cat! };
}

describe.each(['kick', 'ban', 'mute'] as const)('the right to %s', (act) => {
  it('works downward only: never on oneself, sideways, upward or by members', async () => {
    const { roomId, ann, mia, mo, ben, cat } = await aRankedRoom();
    const refusal = (actor: { id: string }, target: { id: string }) =>
      stack.bus.refusal(rooms[act], { roomId, userId: target.id }, actor.id);
    for (const [actor, target] of [
      [mia, ann],
      [mia, mo],
      [mia, mia],
      [ann, ann],
      [ben, cat],
      [ben, mia],
      [stack.aPerson(), ben],
    ] as const)
      expect(await refusal(actor, target)).toBe('forbidden');
    await stack.bus.call(rooms[act], { roomId, userId: ben.id }, mia.id);
    await stack.bus.call(rooms[act], { roomId, userId: mo.id }, ann.id);
  });
});

describe('a ban', () => {
  it('takes a member out with its reason and end, keeps them out until then, and can be lifted', async () => {
    const { roomId, ann, mia, ben, cat } = await aRankedRoom();
    const until = inSeconds(3600);
    await stack.bus.call(rooms.ban, { roomId, userId: ben.id, reason: 'spam', until }, mia.id);
    expect(await waitFor(() => removed.find(({ userId }) => userId === ben.id))).toMatchObject({ how: 'banned', reason: 'spam', until });
    expect(await refusalOfJoin(roomId, ben)).toBe('banned');
    await stack.bus.call(rooms.ban, { roomId, userId: cat.id, seconds: 60 }, mia.id);
    const { items } = await stack.bus.call(rooms.bans, { roomId }, mia.id);
    expect(items).toMatchObject([{ id: cat.id }, { id: ben.id, username: ben.username, reason: 'spam', bannedBy: mia.id, until }]);
    await stack.database.query('update rooms.bans set until = now() where user_id = $1', [cat.id]);
    await expect(join(stack, roomId, cat)).resolves.toMatchObject({ member: { id: cat.id } });
    await stack.bus.call(rooms.unban, { roomId, userId: ben.id }, mia.id);
    const again = await stack.bus.call(rooms.unban, { roomId, userId: ben.id }, mia.id);
    expect(again.fact.version).toBe((await stack.bus.call(rooms.unban, { roomId, userId: ben.id }, ann.id)).fact.version);
    await expect(join(stack, roomId, ben)).resolves.toMatchObject({ member: { id: ben.id } });
    expect(await stack.bus.refusal(rooms.bans, { roomId }, ben.id)).toBe('forbidden');
  });

  it('keeps out someone who was never in, for good unless a time is said', async () => {
    const { roomId, mia } = await aRankedRoom();
    const eve = stack.aPerson();
    await stack.bus.call(rooms.ban, { roomId, userId: eve.id }, mia.id);
    expect(await refusalOfJoin(roomId, eve)).toBe('banned');
    expect((await stack.bus.call(rooms.bans, { roomId }, mia.id)).items[0]).not.toHaveProperty('until');
  });

  it('lets somebody back who was removed from a room that takes nobody back', async () => {
    const { roomId, mia, ben } = await aRankedRoom({ removedCanRejoin: false });
    await stack.bus.call(rooms.kick, { roomId, userId: ben.id }, mia.id);
    expect(await refusalOfJoin(roomId, ben)).toBe('banned');
    await stack.bus.call(rooms.unban, { roomId, userId: ben.id }, mia.id);
    await expect(join(stack, roomId, ben)).resolves.toMatchObject({ member: { id: ben.id } });
  });

  it.each([
    ['an end that has passed', { until: new Date(0).toISOString() }],
    ['an end said twice', { until: inSeconds(60), seconds: 60 }],
    ['no time at all', { seconds: 0 }],
    ['a reason of 201 characters', { reason: 'x'.repeat(201) }],
  ])('is refused with %s', async (_case, term) => {
    const { roomId, mia, ben } = await aRankedRoom();
    expect(await stack.bus.refusal(rooms.ban, { roomId, userId: ben.id, ...term }, mia.id)).toBe('validation_failed');
    expect(await stack.bus.refusal(rooms.mute, { roomId, userId: ben.id, ...term }, mia.id)).toBe('validation_failed');
  });
});

describe('a mute', () => {
  const ownPlace = async (roomId: string, person: { id: string }) => (await stack.bus.call(rooms.get, { roomId }, person.id)).me;

  it('keeps a member from typing until it ends, survives leaving, and is shown with its reason', async () => {
    const { roomId, mia, ben } = await aRankedRoom();
    const until = inSeconds(3600);
    await stack.bus.call(rooms.mute, { roomId, userId: ben.id, until, reason: 'too loud' }, mia.id);
    expect(await stack.bus.refusal(rooms.setTyping, { roomId, typing: true }, ben.id)).toBe('muted');
    expect(await ownPlace(roomId, ben)).toMatchObject({ mutedUntil: until, muteReason: 'too loud' });
    await stack.bus.call(rooms.leave, { roomId }, ben.id);
    expect(await join(stack, roomId, ben)).toMatchObject({ member: { mutedUntil: until }, room: { me: { mutedUntil: until } } });
    expect((await stack.bus.call(rooms.getMembership, { roomId, userId: ben.id })).member).toMatchObject({ mutedUntil: until });
    await stack.database.query('update rooms.mutes set until = now() where user_id = $1', [ben.id]);
    await stack.bus.call(rooms.setTyping, { roomId, typing: true }, ben.id);
    expect(await ownPlace(roomId, ben)).toMatchObject({ mutedUntil: null });
  });

  it('ends when it is lifted, and lasts 28 days at most', async () => {
    const { roomId, mia, ben } = await aRankedRoom();
    await stack.bus.call(rooms.mute, { roomId, userId: ben.id }, mia.id);
    const days = (Date.parse((await ownPlace(roomId, ben))!.mutedUntil!) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(27.9);
    expect(days).toBeLessThanOrEqual(28);
    await stack.bus.call(rooms.unmute, { roomId, userId: ben.id }, mia.id);
    await stack.bus.call(rooms.unmute, { roomId, userId: ben.id }, mia.id);
    expect(await ownPlace(roomId, ben)).toMatchObject({ mutedUntil: null });
    const refusal = (term: object) => stack.bus.refusal(rooms.mute, { roomId, userId: ben.id, ...term }, mia.id);
    expect(await refusal({ seconds: 28 * 86_400 + 1 })).toBe('validation_failed');
    expect(await refusal({ until: inSeconds(29 * 86_400) })).toBe('validation_failed');
    expect(await stack.bus.refusal(rooms.mute, { roomId, userId: stack.aPerson().id }, mia.id)).toBe('member_not_found');
  });
});

describe('raised hands', () => {
  it('stand in the order in which they went up, and are lowered by their owner or a moderator', async () => {
    const { roomId, mia, ben, cat } = await aRankedRoom();
    const raise = (person: { id: string }, raised = true, userId?: string) =>
      stack.bus.call(rooms.raiseHand, { roomId, raised, ...(userId && { userId }) }, person.id);
    await raise(cat);
    await raise(ben);
    await raise(cat);
    const up = async () =>
      (await stack.bus.call(rooms.members, { roomId }, ben.id)).items
        .filter(({ handRaisedAt }) => handRaisedAt)
        .sort((a, b) => a.handRaisedAt!.localeCompare(b.handRaisedAt!))
        .map(({ id }) => id);
    expect(await up()).toEqual([cat.id, ben.id]);
    expect(await stack.bus.refusal(rooms.raiseHand, { roomId, raised: false, userId: cat.id }, ben.id)).toBe('forbidden');
    expect(await stack.bus.refusal(rooms.raiseHand, { roomId, raised: true, userId: cat.id }, mia.id)).toBe('forbidden');
    expect(await stack.bus.refusal(rooms.lowerHands, { roomId }, ben.id)).toBe('forbidden');
    await raise(mia, false, cat.id);
    expect(await up()).toEqual([ben.id]);
    await stack.bus.call(rooms.lowerHands, { roomId }, mia.id);
    expect(await up()).toEqual([]);
    await waitFor(() => hands.filter((hand) => hand.roomId === roomId).length === 4);
    expect(hands.filter((hand) => hand.roomId === roomId).at(-1)).toEqual({ roomId, userId: ben.id, handRaisedAt: null });
    expect(await stack.bus.refusal(rooms.raiseHand, { roomId, raised: true }, stack.aPerson().id)).toBe('not_a_member');
  });
});

describe('the audit log of a room', () => {
  it('is read by moderators, the latest first, by actor, target, action and time, page by page', async () => {
    const { roomId, ann, mia, ben } = await aRankedRoom();
    await stack.bus.call(rooms.mute, { roomId, userId: ben.id, seconds: 60, reason: 'loud' }, mia.id);
    await stack.bus.call(rooms.kick, { roomId, userId: ben.id, reason: 'louder' }, ann.id);
    const read = async (filter: object = {}) => (await stack.bus.call(rooms.audit, { roomId, ...filter }, mia.id)).items;
    expect((await read()).slice(0, 2)).toMatchObject([
      { action: 'member.kicked', actorId: ann.id, targetId: ben.id, reason: 'louder', target: { username: ben.username } },
      { action: 'member.muted', actorId: mia.id, reason: 'loud', actor: { username: mia.username } },
    ]);
    expect((await read({ actor: mia.id, target: ben.id })).map(({ action }) => action)).toEqual(['member.muted']);
    expect((await read({ action: 'member.role' })).map(({ targetId }) => targetId)).toHaveLength(2);
    expect(await read({ to: new Date(0).toISOString() })).toEqual([]);
    const first = await stack.bus.call(rooms.audit, { roomId, limit: 1 }, mia.id);
    const next = await stack.bus.call(rooms.audit, { roomId, limit: 1, cursor: first.nextCursor! }, mia.id);
    expect([...first.items, ...next.items].map(({ action }) => action)).toEqual(['member.kicked', 'member.muted']);
    await join(stack, roomId, ben);
    expect(await stack.bus.refusal(rooms.audit, { roomId }, ben.id)).toBe('forbidden');
  });
});

describe('favourites', () => {
  it('are marked for one member alone', async () => {
    const { roomId, ann, ben } = await aRankedRoom();
    await stack.bus.call(rooms.setFavourite, { roomId, favourite: true }, ben.id);
    const mine = async (person: { id: string }) => (await stack.bus.call(rooms.get, { roomId }, person.id)).me?.favourite;
    expect([await mine(ann), await mine(ben)]).toEqual([false, true]);
    await stack.bus.call(rooms.setFavourite, { roomId, favourite: false }, ben.id);
    expect(await mine(ben)).toBe(false);
    expect(await stack.bus.refusal(rooms.setFavourite, { roomId, favourite: true }, stack.aPerson().id)).toBe('not_a_member');
  });
});
