import { accountEvents, rooms, type DirectoryUser } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { aRoom, aRoomsService, join, type RoomsStack } from '../../test/rooms-stack.ts';

let stack: RoomsStack;
let ann: DirectoryUser;
let ben: DirectoryUser;

beforeAll(async () => {
  stack = await aRoomsService();
  await stack.startAnother();
});
beforeEach(() => {
  [ann, ben] = [stack.aPerson(), stack.aPerson()];
});
afterAll(cleanUp);

const close = (userId: string) =>
  stack.bus.tell(accountEvents.accountClosed, { userId, at: new Date().toISOString(), messages: 'keep' as const });
const leftRooms = (userId: string) =>
  waitFor(async () => (await stack.database.query('select 1 from rooms.members where user_id = $1', [userId])).length === 0);
const hostOf = async (roomId: string, viewer: DirectoryUser) => (await stack.bus.call(rooms.get, { roomId }, viewer.id)).hostId;

describe('somebody who has closed their account', () => {
  it('leaves every room, hands over those they host and archives those where they are alone', async () => {
    const shared = await aRoom(stack, { host: ann });
    await join(stack, shared.id, ben);
    const alone = await aRoom(stack, { host: ann });
    await close(ann.id);
    await leftRooms(ann.id);
    expect(await hostOf(shared.id, ben)).toBe(ben.id);
    expect(await stack.database.query('select archived_at is not null archived from rooms.rooms where id = $1', [alone.id])).toEqual([
      { archived: true },
    ]);
  });

  it('has left once, however often it is told, also where half of it was done before', async () => {
    const [one, other] = [await aRoom(stack, { host: ann }), await aRoom(stack, { host: ann })];
    for (const room of [one, other]) await join(stack, room.id, ben);
    await stack.bus.call(rooms.leave, { roomId: one.id }, ann.id);
    await Promise.all([close(ann.id), close(ann.id)]);
    await leftRooms(ann.id);
    await close(ann.id);
    const { items } = await stack.bus.call(rooms.audit, { roomId: other.id, action: 'member.left' }, ben.id);
    expect(items).toHaveLength(1);
    expect([await hostOf(one.id, ben), await hostOf(other.id, ben)]).toEqual([ben.id, ben.id]);
  });

  it('comes into no room again, by themselves or brought', async () => {
    const room = await aRoom(stack, { host: ben });
    await join(stack, room.id, ann);
    await close(ann.id);
    await leftRooms(ann.id);
    expect(await stack.bus.refusal(rooms.join, { roomId: room.id, address: '192.0.2.1' }, ann.id)).toBe('account_disabled');
    expect(await stack.bus.refusal(rooms.addMembers, { roomId: room.id, userIds: [ann.id] }, ben.id)).toBe('user_not_found');
  });
});
