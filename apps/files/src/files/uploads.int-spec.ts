import { files, messageEvents, type FactMark } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { cleanUp, waitFor } from '@atrium/testing';
import { createHash } from 'node:crypto';
import { anEnvironment, type Environment } from '../../test/environment.ts';

describe('an upload', () => {
  const ann = uuidv7();
  let environment: Environment;
  beforeAll(async () => {
    environment = await anEnvironment();
  }, 60_000);
  afterAll(cleanUp, 30_000);

  const query = <T>(sql: string, parameters?: unknown[]) => environment.database.query<T>(sql, parameters);
  /** Opens an upload and puts bytes at its address; what is to be recorded. */
  async function put(roomId: string, bytes: string, name = 'note.txt') {
    const { fileId, putUrl } = await environment.bus.call(files.openUpload, { roomId }, ann);
    await fetch(putUrl, { method: 'PUT', body: bytes });
    return { fileId, name, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  }
  const call = (input: object) => environment.bus.call(files.recordUpload, input, ann);
  const refusal = (input: object) => environment.bus.refusal(files.recordUpload, input, ann);
  const list = async (roomId: string) => (await environment.bus.call(files.list, { roomId }, ann)).items;
  const waiting = (relation: string) =>
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%${relation}%'`;
  /** Within a transaction PostgreSQL shows what it saw first until it is told to look again. */
  const look = async (relation: string) => {
    await query('select pg_stat_clear_snapshot()');
    return query(waiting(relation));
  };
  const isHeldUpAt = (relation: string, times = 1) =>
    waitFor(async () => (await look(relation)).length >= times, { withinMs: 1000, what: `a wait for ${relation}` });

  describe('under way while its uploader is removed', () => {
    const removal = (roomId: string, version: number) => ({
      roomId,
      version,
      at: new Date().toISOString(),
      actorId: null,
      userId: ann,
      how: 'left' as const,
      reason: null,
      hostChange: null,
      archived: false,
    });

    it('is refused when the removal was taken in after it had been let in', async () => {
      const roomId = environment.rooms.aRoom({ [ann]: {} });
      const file = await put(roomId, 'too late');
      await query('begin');
      await query('select from files.rooms where id = $1 for no key update', [roomId]);
      await query('update files.access set removed_at = now() where room_id = $1', [roomId]);
      const outcome = refusal({ roomId, files: [file] });
      try {
        await isHeldUpAt('rooms');
        environment.rooms.setMember(roomId, ann, null);
      } finally {
        await query('commit');
      }
      expect(await outcome).toBe('room_not_found');
      expect(await query('select from files.files where id = $1', [file.fileId])).toEqual([]);
    });

    it('is committed before the removal is taken in, or not at all', async () => {
      const roomId = environment.rooms.aRoom({ [ann]: {} });
      const file = await put(roomId, 'just in time');
      await query('begin');
      await query('select from files.uploads where file_id = $1 for update', [file.fileId]);
      const recorded = call({ roomId, files: [file] });
      let removed: FactMark;
      try {
        await isHeldUpAt('uploads');
        environment.rooms.setMember(roomId, ann, null);
        removed = await environment.rooms.facts.tell('memberRemoved', removal(roomId, 2));
        await isHeldUpAt('rooms');
      } finally {
        await query('commit');
      }
      expect((await recorded).files[0]!.id).toBe(file.fileId);
      expect(await environment.bus.call(files.settle, { facts: [removed] })).toEqual({ settled: true });
      expect(await environment.bus.refusal(files.list, { roomId }, ann)).toBe('room_not_found');
    });
  });

  it('of several files is recorded whole or not at all', async () => {
    const roomId = environment.rooms.aRoom({ [ann]: {} });
    const [one, two] = [await put(roomId, '1', 'one.txt'), await put(roomId, '2', 'two.txt')];
    expect(await refusal({ roomId, files: [one, { ...two, size: 3 }] })).toBe('validation_failed');
    expect(await refusal({ roomId, files: [one, { ...two, fileId: uuidv7() }] })).toBe('file_not_found');
    expect(await list(roomId)).toEqual([]);
    const { files: recorded, facts } = await call({ roomId, files: [one, two] });
    expect([recorded.map(({ name }) => name), facts.length]).toEqual([['one.txt', 'two.txt'], 2]);
  });

  it('told a second time while the first is under way is answered like it, without a key as well', async () => {
    const roomId = environment.rooms.aRoom({ [ann]: {} });
    const upload = { roomId, files: [await put(roomId, 'a', 'a.txt')] };
    await query('begin');
    await query('select from files.uploads where room_id = $1 for update', [roomId]);
    const recorded = Promise.all([call(upload), call(upload)]);
    try {
      await isHeldUpAt('uploads', 2);
    } finally {
      await query('commit');
    }
    const [first, second] = await recorded;
    expect(second!.files.map(({ id }) => id)).toEqual(first!.files.map(({ id }) => id));
    expect(await list(roomId)).toHaveLength(1);
  });

  describe('where space is limited', () => {
    let small: Environment;
    beforeAll(async () => {
      small = await anEnvironment({ FILES_QUOTA_PERSON_BYTES: '10', FILES_QUOTA_ROOM_BYTES: '15' });
    }, 60_000);
    const putAs = async (userId: string, roomId: string, bytes: string) => {
      const { fileId, putUrl } = await small.bus.call(files.openUpload, { roomId }, userId);
      await fetch(putUrl, { method: 'PUT', body: bytes });
      return { fileId, name: 'note.txt', size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    };
    const record = (userId: string, roomId: string, file: object) =>
      small.bus.call(files.recordUpload, { roomId, files: [file] } as never, userId);
    const refused = (userId: string, roomId: string, file: object) =>
      small.bus.refusal(files.recordUpload, { roomId, files: [file] }, userId);

    it('is taken as far as the space of its uploader and of the room goes, and again once something was deleted', async () => {
      const [own, other] = [uuidv7(), uuidv7()];
      const roomId = small.rooms.aRoom({ [own]: {}, [other]: {} });
      const { files: recorded } = await record(own, roomId, await putAs(own, roomId, '8 bytes.'));
      expect(await refused(own, roomId, await putAs(own, roomId, '3 b'))).toBe('storage_full');
      expect(await small.bus.refusal(files.openUpload, { roomId, announcedBytes: 3 }, own)).toBe('storage_full');
      expect(await refused(other, roomId, await putAs(other, roomId, '8 bytes.'))).toBe('storage_full');
      await small.bus.call(files.remove, { roomId, fileId: recorded[0]!.id }, own);
      expect((await record(other, roomId, await putAs(other, roomId, '8 bytes.'))).files).toHaveLength(1);
    });

    it('leaves nothing in the store when it is refused for want of space', async () => {
      const own = uuidv7();
      const roomId = small.rooms.aRoom({ [own]: {} });
      const file = await putAs(own, roomId, 'eleven byte');
      expect(await refused(own, roomId, file)).toBe('storage_full');
      const left = () => small.database.query('select from files.uploads where file_id = $1', [file.fileId]);
      await waitFor(async () => (await left()).length === 0, { what: 'the refused bytes to be removed' });
      // Told as one who never put anything would be, and not as one without space.
      await small.bus.call(files.openUpload, { roomId, announcedBytes: 10 }, own);
      expect(await refused(own, roomId, file)).toBe('file_not_found');
    });

    it('is not taken twice into the last space by two at once', async () => {
      const own = uuidv7();
      const roomId = small.rooms.aRoom({ [own]: {} });
      const both = [await putAs(own, roomId, '6 byte'), await putAs(own, roomId, '6 more')];
      const outcomes = await Promise.allSettled(both.map((file) => record(own, roomId, file)));
      expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    });
  });

  describe('of a draft', () => {
    const ben = uuidv7();
    const attach = async () => {
      const roomId = environment.rooms.aRoom({ [ann]: {}, [ben]: {} });
      const { files: recorded } = await call({ roomId, draft: true, files: [await put(roomId, 'a secret')] });
      return { roomId, fileId: recorded[0]!.id };
    };
    const get = (wanted: object, userId: string) => environment.bus.call(files.get, wanted, userId);
    const reads = (wanted: object, userId: string) => environment.bus.refusal(files.get, wanted, userId);
    const send = ({ roomId, fileId }: { roomId: string; fileId: string }) =>
      environment.bus.tell(messageEvents.attached, {
        roomId,
        messageId: uuidv7(),
        authorId: ann,
        fileIds: [fileId],
        at: new Date().toISOString(),
      });

    it('is there for its uploader alone, and in no list, until its message is sent', async () => {
      const draft = await attach();
      expect(await get(draft, ann)).toMatchObject({ draft: true });
      expect(await reads(draft, ben)).toBe('file_not_found');
      expect(await environment.bus.refusal(files.openContent, draft, ben)).toBe('file_not_found');
      expect(await list(draft.roomId)).toEqual([]);
      await send(draft);
      await waitFor(async () => (await list(draft.roomId)).length === 1, { what: 'the draft to be shown' });
      expect((await get(draft, ben)).draft).toBeUndefined();
    });

    it('is not shown by a message that somebody else claims to have sent it with', async () => {
      const draft = await attach();
      const at = new Date().toISOString();
      await environment.bus.tell(messageEvents.attached, { ...draft, messageId: uuidv7(), authorId: ben, fileIds: [draft.fileId], at });
      const sent = await attach();
      await send(sent);
      await waitFor(async () => (await list(sent.roomId)).length === 1, { what: 'the later one to be shown' });
      expect(await reads(draft, ben)).toBe('file_not_found');
    });
  });

  describe('repeated with its key', () => {
    const idempotencyKey = 'k1';
    let roomId: string;
    beforeEach(() => {
      roomId = environment.rooms.aRoom({ [ann]: {} });
    });
    const upload = async (...contents: string[]) => {
      const uploaded = [];
      for (const [index, content] of contents.entries()) uploaded.push(await put(roomId, content, `n${index}.txt`));
      return { roomId, idempotencyKey, files: uploaded };
    };

    it('is answered with the files that are there, in their order', async () => {
      const first = await call(await upload('a', 'b'));
      const repeat = await call(await upload('a', 'b'));
      expect(repeat.files.map(({ id }) => id)).toEqual(first.files.map(({ id }) => id));
      expect(repeat.facts).toEqual([]);
      expect(await list(roomId)).toHaveLength(2);
    });

    it('leaves the bytes it brought to the next sweep', async () => {
      await call(await upload('a'));
      const repeat = await upload('a');
      await call(repeat);
      expect(await query('select swept from files.uploads where file_id = $1', [repeat.files[0]!.fileId])).toEqual([{ swept: true }]);
    });

    it('while the first is under way is answered like it', async () => {
      const both = [await upload('a', 'b'), await upload('a', 'b')];
      await query('begin');
      await query('select from files.uploads where room_id = $1 for update', [roomId]);
      const recorded = Promise.all(both.map(call));
      try {
        await isHeldUpAt('uploads', 2);
      } finally {
        await query('commit');
      }
      const [first, second] = await recorded;
      expect(second!.files.map(({ id }) => id)).toEqual(first!.files.map(({ id }) => id));
      expect(await list(roomId)).toHaveLength(2);
    });

    it.each([
      ['other bytes', ['x', 'b']],
      ['fewer files', ['a']],
      ['more files', ['a', 'b', 'c']],
    ])('and %s is a conflict', async (_what, contents) => {
      await call(await upload('a', 'b'));
      expect(await refusal(await upload(...contents))).toBe('idempotency_conflict');
    });

    it('and another name is a conflict', async () => {
      await call(await upload('a'));
      const repeat = await upload('a');
      expect(await refusal({ ...repeat, files: [{ ...repeat.files[0], name: 'other.txt' }] })).toBe('idempotency_conflict');
    });

    it('finds nothing once one of its files was deleted', async () => {
      const { files: recorded } = await call(await upload('a', 'b'));
      await environment.bus.call(files.remove, { roomId, fileId: recorded[0]!.id }, ann);
      expect(await refusal(await upload('a', 'b'))).toBe('file_not_found');
    });

    it('finds nothing from before its uploader came back to a room that hides what was before', async () => {
      roomId = environment.rooms.aRoom({ [ann]: {} }, { historyVisibility: 'since_join' });
      await call(await upload('a'));
      const repeat = await upload('a');
      await query('update files.access set joined_at = now() where room_id = $1', [roomId]);
      expect(await refusal(repeat)).toBe('file_not_found');
    });

    it('is refused when its uploader is not in the room any more', async () => {
      await call(await upload('a'));
      const repeat = await upload('a');
      environment.rooms.setMember(roomId, ann, null);
      await query('update files.access set removed_at = now() where room_id = $1', [roomId]);
      expect(await refusal(repeat)).toBe('room_not_found');
    });
  });
});
