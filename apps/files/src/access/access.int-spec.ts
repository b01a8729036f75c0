import { files, type FactMark } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { cleanUp } from '@atrium/testing';
import { anEnvironment, type Environment } from '../../test/environment.ts';

describe('access to files', () => {
  const ann = uuidv7();
  const bob = uuidv7();
  let environment: Environment;
  beforeAll(async () => {
    environment = await anEnvironment();
  }, 60_000);
  afterAll(cleanUp, 30_000);

  const fact = (roomId: string, version: number) => ({ roomId, version, at: new Date().toISOString(), actorId: null });
  const settled = (fact: FactMark) => environment.bus.call(files.settle, { facts: [fact] });
  const list = (roomId: string, userId: string) => environment.bus.refusal(files.list, { roomId }, userId);
  const ALLOWED = 'answered without a refusal';

  async function joined(roomId: string, userId: string, version: number, role: 'host' | 'member' = 'member'): Promise<FactMark> {
    const member = { userId, username: 'x', displayName: 'X', role, joinedAt: new Date().toISOString() };
    return environment.rooms.facts.tell('memberJoined', { ...fact(roomId, version), room: environment.rooms.state(roomId), member });
  }
  const removal = (roomId: string, userId: string, version: number) => ({
    ...fact(roomId, version),
    userId,
    how: 'left' as const,
    reason: null,
    hostChange: null,
    archived: false,
  });
  const removed = (roomId: string, userId: string, version: number) =>
    environment.rooms.facts.tell('memberRemoved', removal(roomId, userId, version));

  it('follows what rooms tells, and asks rooms nothing', async () => {
    const roomId = environment.rooms.aRoom({});
    const asked = environment.rooms.asked;
    expect(await settled(await joined(roomId, ann, 2))).toEqual({ settled: true });
    expect(await list(roomId, ann)).toBe(ALLOWED);
    expect(environment.rooms.asked).toBe(asked);
    await settled(await removed(roomId, ann, 3));
    expect(await list(roomId, ann)).toBe('room_not_found');
  });

  it('is not given back by an older event that comes late', async () => {
    const roomId = environment.rooms.aRoom({});
    await settled(await removed(roomId, ann, 5));
    await settled(await joined(roomId, ann, 4));
    expect(await list(roomId, ann)).toBe('room_not_found');
    await settled(await joined(roomId, ann, 6));
    expect(await list(roomId, ann)).toBe(ALLOWED);
  });

  it('is taken away by a removal, even where rooms was asked at the same number of the room', async () => {
    const roomId = environment.rooms.aRoom({ [ann]: {} });
    expect(await list(roomId, ann)).toBe(ALLOWED);
    environment.rooms.setMember(roomId, ann, null);
    await settled(await removed(roomId, ann, environment.rooms.version));
    expect(await list(roomId, ann)).toBe('room_not_found');
  });

  it('is not given back by an answer of rooms that is no newer than the removal', async () => {
    const roomId = environment.rooms.aRoom({ [ann]: {} });
    await settled(await removed(roomId, ann, environment.rooms.version));
    expect(await list(roomId, ann)).toBe('not_a_member');
  });

  it('is asked for once on a miss, remembered when granted and never when refused', async () => {
    const roomId = environment.rooms.aRoom({ [ann]: {} });
    const asked = environment.rooms.asked;
    for (let i = 0; i < 3; i += 1) expect(await list(roomId, ann)).toBe(ALLOWED);
    expect(environment.rooms.asked).toBe(asked + 1);
    expect(await list(roomId, bob)).toBe('room_not_found');
    environment.rooms.setMember(roomId, bob, {});
    expect(await list(roomId, bob)).toBe(ALLOWED);
  });

  it('lets nobody upload who is muted, may not post, or whose room is archived', async () => {
    const open = (roomId: string, userId: string) => environment.bus.refusal(files.openUpload, { roomId }, userId);
    const muted = environment.rooms.aRoom({ [ann]: { mutedUntil: new Date(Date.now() + 60_000).toISOString() } });
    expect(await open(muted, ann)).toBe('muted');
    const restricted = environment.rooms.aRoom({ [ann]: {}, [bob]: { role: 'moderator' } }, { whoCanPost: 'moderators' });
    expect(await open(restricted, ann)).toBe('posting_restricted');
    expect(await open(restricted, bob)).toBe(ALLOWED);
  });

  it('takes a redelivered event once', async () => {
    const roomId = environment.rooms.aRoom({});
    const first = await joined(roomId, ann, 2);
    await settled(first);
    await settled(await removed(roomId, ann, 3));
    await environment.rooms.facts.deliverAgain(first);
    await settled(await removed(roomId, bob, 4));
    expect(await list(roomId, ann)).toBe('room_not_found');
  });

  it('is settled by asking rooms, when the event of a removal does not come', async () => {
    const roomId = environment.rooms.aRoom({});
    await settled(await joined(roomId, ann, 2));
    const unheard = environment.rooms.facts.keep('memberRemoved', removal(roomId, ann, 3));
    expect(await settled(unheard)).toEqual({ settled: true });
    expect(await list(roomId, ann)).toBe('room_not_found');
  });
});
