import { files, roomEvents } from '@atrium/contracts';
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
  const settled = (eventId: string) => environment.bus.call(files.settle, { eventId });
  const list = (roomId: string, userId: string) => environment.bus.refusal(files.list, { roomId }, userId);
  const ALLOWED = 'answered without a refusal';

  async function joined(roomId: string, userId: string, version: number, role: 'host' | 'member' = 'member'): Promise<string> {
    const member = { userId, username: 'x', displayName: 'X', role, joinedAt: new Date().toISOString() };
    return environment.rooms.facts.tell('memberJoined', { ...fact(roomId, version), room: environment.rooms.state(roomId), member });
  }
  const removed = (roomId: string, userId: string, version: number) =>
    environment.rooms.facts.tell('memberRemoved', {
      ...fact(roomId, version),
      userId,
      how: 'left' as const,
      reason: null,
      hostChange: null,
      archived: false,
    });

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
    const id = await joined(roomId, ann, 2);
    await settled(id);
    await settled(await removed(roomId, ann, 3));
    const again = {
      ...fact(roomId, 9),
      room: environment.rooms.state(roomId),
      member: { userId: ann, username: 'x', displayName: 'X', role: 'member' as const, joinedAt: new Date().toISOString() },
    };
    await environment.bus.redeliver(roomEvents.memberJoined, again, id);
    await settled(await removed(roomId, bob, 4));
    expect(await list(roomId, ann)).toBe('room_not_found');
  });

  it('tells that an event it never saw is not settled', async () => {
    expect(await settled(uuidv7())).toEqual({ settled: false });
  });
});
