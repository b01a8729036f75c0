import { fileEvents, files } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { cleanUp, waitFor } from '@atrium/testing';
import { anEnvironment, upload, type Environment } from '../../test/environment.ts';

describe('the files of a room that is purged', () => {
  const ann = uuidv7();
  let environment: Environment;

  beforeAll(async () => {
    environment = await anEnvironment();
  }, 60_000);
  afterAll(cleanUp, 30_000);

  const put = (roomId: string, name: string) => upload(environment.bus, { roomId, userId: ann }, { name, bytes: 'Some words.' });
  const stored = (roomId: string) =>
    environment.database.query<{ name: string; deleted: boolean; removed: boolean }>(
      `select name, deleted_at is not null as deleted, object_removed as removed from files.files where room_id = $1`,
      [roomId],
    );
  const asAdmin = { actorId: uuidv7(), actorRole: 'admin' as const };
  const left = async (...roomIds: string[]) => (await environment.bus.rpc.call(files.adminPurgesLeft, { roomIds }, asAdmin)).items;

  it('are deleted with their objects and told as deleted, and those of other rooms are not', async () => {
    const [roomId, otherId] = [environment.rooms.aRoom({ [ann]: {} }), environment.rooms.aRoom({ [ann]: {} })];
    const told = await environment.bus.hear(fileEvents.deleted);
    const gone = [await put(roomId, 'one.txt'), await put(roomId, 'two.txt')];
    const kept = await put(otherId, 'kept.txt');
    expect(await left(otherId, roomId)).toEqual([
      { roomId: otherId, done: false, left: 1 },
      { roomId, done: false, left: 2 },
    ]);
    const at = new Date().toISOString();
    const room = environment.rooms.state(roomId);
    const member = { userId: ann, username: 'ann', displayName: 'Ann', role: 'member' as const, joinedAt: at };
    await environment.rooms.facts.tell('memberJoined', { roomId, version: 1, at, actorId: ann, room, member });
    await environment.rooms.facts.tell('roomPurged', { roomId, version: 2, at, actorId: null, purgedAt: at });
    const isEmpty = async () => (await stored(roomId)).every(({ name, deleted, removed }) => name === '' && deleted && removed);
    await waitFor(isEmpty, { withinMs: 30_000, what: 'the files to be gone' });
    await waitFor(() => gone.every(({ id }) => told.some(({ fileId }) => fileId === id)));
    await waitFor(async () => (await environment.database.query('select 1 from files.access where room_id = $1', [roomId])).length === 0);
    await waitFor(async () => (await left(roomId))[0]!.done, { what: 'the purge to be done' });
    expect(await left(roomId)).toEqual([{ roomId, done: true, left: 0 }]);
    expect((await environment.bus.call(files.list, { roomId: otherId }, ann)).items.map(({ id }) => id)).toEqual([kept.id]);
  });

  it('are counted for admins alone', async () => {
    const asAnn = { actorId: ann, actorRole: 'user' as const };
    await expect(environment.bus.rpc.call(files.adminPurgesLeft, { roomIds: [] }, asAnn)).rejects.toMatchObject({ code: 'not_found' });
  });
});
