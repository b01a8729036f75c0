import { files, type FileRecord } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { cleanUp, waitFor } from '@atrium/testing';
import { anEnvironment, type Environment } from '../../test/environment.ts';

describe('an upload', () => {
  const ann = uuidv7();
  let environment: Environment;
  beforeAll(async () => {
    environment = await anEnvironment();
  }, 60_000);
  afterAll(cleanUp, 30_000);

  const query = <T>(sql: string, parameters?: unknown[]) => environment.database.query<T>(sql, parameters);
  /** Opens an upload and puts bytes at its address; what finishes it. */
  async function put(roomId: string, bytes: string) {
    const { fileId, putUrl } = await environment.bus.call(files.openUpload, { roomId }, ann);
    await fetch(putUrl, { method: 'PUT', body: bytes });
    return { roomId, fileId, name: 'note.txt', size: bytes.length, sha256: 'a'.repeat(64) };
  }
  const waiting = (relation: string) => `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%${relation}%'`;
  /** Within a transaction PostgreSQL shows what it saw first until it is told to look again. */
  const look = async (relation: string) => {
    await query('select pg_stat_clear_snapshot()');
    return query(waiting(relation));
  };
  const isHeldUpAt = (relation: string) => waitFor(async () => (await look(relation)).length > 0, { withinMs: 1000, what: `a wait for ${relation}` });

  describe('under way while its uploader is removed', () => {
    const removal = (roomId: string, version: number) => ({
      roomId, version, at: new Date().toISOString(), actorId: null, userId: ann, how: 'left' as const, reason: null, hostChange: null, archived: false,
    });

    it('is refused when the removal was taken in after it had been let in', async () => {
      const roomId = environment.rooms.aRoom({ [ann]: {} });
      const finish = await put(roomId, 'too late');
      await query('begin');
      await query('update files.access_members set present = false where room_id = $1', [roomId]);
      const outcome = environment.bus.refusal(files.finishUpload, finish, ann);
      try {
        await isHeldUpAt('access_members');
        environment.rooms.setMember(roomId, ann, null);
      } finally {
        await query('commit');
      }
      expect(await outcome).toBe('room_not_found');
      expect(await query('select from files.files where id = $1', [finish.fileId])).toEqual([]);
    });

    it('is committed before the removal is taken in, or not at all', async () => {
      const roomId = environment.rooms.aRoom({ [ann]: {} });
      const finish = await put(roomId, 'just in time');
      await query('begin');
      await query('select from files.uploads where file_id = $1 for update', [finish.fileId]);
      const recorded = environment.bus.call(files.finishUpload, finish, ann) as Promise<{ file: FileRecord }>;
      let eventId: string;
      try {
        await isHeldUpAt('uploads');
        environment.rooms.setMember(roomId, ann, null);
        eventId = await environment.rooms.facts.tell('memberRemoved', removal(roomId, 2));
        await isHeldUpAt('access_members');
      } finally {
        await query('commit');
      }
      expect((await recorded).file.id).toBe(finish.fileId);
      expect(await environment.bus.call(files.settle, { eventId })).toEqual({ settled: true });
      expect(await environment.bus.refusal(files.list, { roomId }, ann)).toBe('room_not_found');
    });
  });
});
