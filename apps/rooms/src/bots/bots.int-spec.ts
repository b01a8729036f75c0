import { accountEvents, rooms } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { aRoom, aRoomsService, type RoomsStack } from '../../test/rooms-stack.ts';

let stack: RoomsStack;

beforeAll(async () => {
  stack = await aRoomsService();
});
afterAll(cleanUp);

/** A room with a host, members, and a bot that the host has brought in. */
async function aRoomWithBot({ members = 1 } = {}) {
  const [ann, ...others] = Array.from({ length: members + 1 }, () => stack.aPerson());
  const bot = stack.aPerson({ bot: true });
  const { id: roomId } = await aRoom(stack, { host: ann!, members: others });
  const added = await stack.bus.call(rooms.addMembers, { roomId, userIds: [bot.id] }, ann!.id);
  return { roomId, ann: ann!, ben: others[0]!, bot, added };
}

describe('a bot', () => {
  it('is a member with a badge once a moderator has brought it in, and other services are told what it is', async () => {
    const { roomId, ann, bot, added } = await aRoomWithBot();
    expect(added.items).toMatchObject([{ id: bot.id, role: 'member', bot: true }]);
    const { items } = await stack.bus.call(rooms.members, { roomId }, ann.id);
    expect(items.filter((member) => member.bot).map(({ id }) => id)).toEqual([bot.id]);
    expect((await stack.bus.call(rooms.getMembership, { roomId, userId: bot.id })).member).toMatchObject({ bot: true });
    expect((await stack.bus.call(rooms.memberBots, { roomId })).items).toMatchObject([{ userId: bot.id, username: bot.username }]);
    expect((await stack.bus.call(rooms.roomsOfBots, { botIds: [bot.id, ann.id] })).items).toMatchObject([{ botId: bot.id, id: roomId }]);
  });

  it('comes into no room by itself, makes none, and is nobody’s direct room', async () => {
    const bot = stack.aPerson({ bot: true });
    const ann = stack.aPerson();
    const { id: roomId } = await aRoom(stack, { host: ann });
    expect(await stack.bus.refusal(rooms.join, { roomId, address: '192.0.2.1' }, bot.id)).toBe('forbidden');
    expect(await stack.bus.refusal(rooms.create, { name: 'Mine' }, bot.id)).toBe('forbidden');
    expect(await stack.bus.refusal(rooms.openDirect, { userIds: [ann.id] }, bot.id)).toBe('forbidden');
    expect(await stack.bus.refusal(rooms.openDirect, { userIds: [bot.id] }, ann.id)).toBe('forbidden');
  });

  it('leads nobody: it is made neither moderator nor host', async () => {
    const { roomId, ann, bot } = await aRoomWithBot();
    expect(await stack.bus.refusal(rooms.setRole, { roomId, userId: bot.id, role: 'moderator' }, ann.id)).toBe('forbidden');
    expect(await stack.bus.refusal(rooms.handOver, { roomId, userId: bot.id }, ann.id)).toBe('forbidden');
    expect(await stack.bus.refusal(rooms.leave, { roomId, successorId: bot.id }, ann.id)).toBe('invalid_successor');
  });

  it('follows no host: a person does, however late they came, and bots alone have their room archived', async () => {
    const { roomId, ann, bot } = await aRoomWithBot({ members: 0 });
    const ben = stack.aPerson();
    await stack.bus.call(rooms.addMembers, { roomId, userIds: [ben.id] }, ann.id);
    expect(await stack.bus.call(rooms.leave, { roomId }, ann.id)).toMatchObject({ newHostId: ben.id, archived: false });
    expect(await stack.bus.call(rooms.leave, { roomId }, ben.id)).toMatchObject({ newHostId: null, archived: true });
    expect(bot.id).not.toBe(ben.id);
  });

  it('is out of every room once it is removed', async () => {
    const { roomId, ann, bot } = await aRoomWithBot();
    await stack.bus.tell(accountEvents.botRemoved, { botId: bot.id, ownerId: ann.id, at: new Date().toISOString() });
    await waitFor(async () => (await stack.bus.call(rooms.memberBots, { roomId })).items.length === 0);
    expect((await stack.bus.call(rooms.get, { roomId }, ann.id)).memberCount).toBe(2);
  });
});
