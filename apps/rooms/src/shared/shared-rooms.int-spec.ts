import { rooms, type DirectoryUser } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { aRoom, aRoomsService, type RoomsStack } from '../../test/rooms-stack.ts';

let stack: RoomsStack;
beforeAll(async () => {
  stack = await aRoomsService();
});
afterAll(cleanUp);

const shared = async (asking: DirectoryUser, of: DirectoryUser) =>
  (await stack.bus.call(rooms.sharedRooms, { userId: of.id }, asking.id)).items.map(({ name }) => name);

describe('the rooms that two people share', () => {
  it('are those both are in, by name, and neither the private ones of the other nor conversations', async () => {
    const [ann, ben, eve] = [stack.aPerson(), stack.aPerson(), stack.aPerson()];
    await aRoom(stack, { name: 'workshop', host: ann, members: [ben] });
    await aRoom(stack, { name: 'Archive', host: ben, members: [ann, eve] });
    await aRoom(stack, { name: 'Ben alone', host: ben, visibility: 'private' });
    await aRoom(stack, { name: 'Ann alone', host: ann });
    await stack.bus.call(rooms.openDirect, { userIds: [ben.id] }, ann.id);
    expect(await shared(ann, ben)).toEqual(['Archive', 'workshop']);
    expect(await shared(eve, ben)).toEqual(['Archive']);
    expect(await shared(eve, stack.aPerson())).toEqual([]);
  });

  it('are no longer those that one has left or that are archived', async () => {
    const [ann, ben] = [stack.aPerson(), stack.aPerson()];
    const left = await aRoom(stack, { name: 'Left', host: ann, members: [ben] });
    const archived = await aRoom(stack, { name: 'Archived', host: ann, members: [ben] });
    expect(await shared(ben, ann)).toEqual(['Archived', 'Left']);
    await stack.bus.call(rooms.leave, { roomId: left.id }, ben.id);
    await stack.bus.call(rooms.archive, { roomId: archived.id }, ann.id);
    expect(await shared(ben, ann)).toEqual([]);
  });

  it('are told to nobody who is not signed in', async () => {
    expect(await stack.bus.refusal(rooms.sharedRooms, { userId: stack.aPerson().id })).toBe('unauthenticated');
  });
});
