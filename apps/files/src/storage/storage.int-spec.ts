import { files } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { cleanUp } from '@atrium/testing';
import { anEnvironment, upload, type Environment } from '../../test/environment.ts';

describe('what is stored', () => {
  const [ann, ben, eve] = [uuidv7(), uuidv7(), uuidv7()];
  let environment: Environment;
  let quay: string;
  let yard: string;
  beforeAll(async () => {
    environment = await anEnvironment({ FILES_QUOTA_PERSON_BYTES: '100', FILES_QUOTA_ROOM_BYTES: '0', FILES_MAX_BYTES: '90' });
    quay = environment.rooms.aRoom({ [ann]: {}, [ben]: {} });
    yard = environment.rooms.aRoom({ [ann]: {} });
    for (const [roomId, userId, size] of [
      [quay, ann, 30],
      [yard, ann, 50],
      [quay, ben, 40],
    ] as const)
      await upload(environment.bus, { roomId, userId }, { name: 'a.txt', bytes: 'x'.repeat(size) });
  }, 60_000);
  afterAll(cleanUp, 30_000);

  const of = (roomId: string, userId: string) => environment.bus.call(files.storage, { roomId }, userId);
  const list = (query = {}) => environment.bus.rpc.call(files.adminStorage, query, { actorId: eve, actorRole: 'admin' });

  it('is told to members, with what may be: of themselves everywhere, and of the room', async () => {
    expect(await of(quay, ann)).toEqual({
      person: { usedBytes: 80, limitBytes: 100 },
      room: { usedBytes: 70, limitBytes: null },
      maxFileBytes: 90,
    });
    expect((await of(quay, ben)).person.usedBytes).toBe(40);
    expect(await environment.bus.refusal(files.storage, { roomId: quay }, eve)).toBe('room_not_found');
  });

  it('is told to who runs out of it, whose it is and how much', async () => {
    const refused = environment.bus.call(files.openUpload, { roomId: yard, announcedBytes: 21 }, ann);
    await expect(refused).rejects.toMatchObject({ code: 'storage_full', data: { scope: 'person', usedBytes: 80, limitBytes: 100 } });
  });

  it('is told to admins: who and where most of it is, page by page, and all together', async () => {
    const first = await list({ limit: 1 });
    expect(first).toMatchObject({
      items: [{ id: ann, usedBytes: 80 }],
      limitBytes: 100,
      server: { usedBytes: 120, limitBytes: null },
    });
    const next = await list({ limit: 1, cursor: first.nextCursor! });
    expect(next).toMatchObject({ items: [{ id: ben, usedBytes: 40 }], nextCursor: null });
    expect(await list({ by: 'room' })).toMatchObject({ items: [{ id: quay }, { id: yard }], limitBytes: null });
    expect(await environment.bus.refusal(files.adminStorage, {}, ann)).toBe('not_found');
  });
});
