import { files } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { cleanUp } from '@atrium/testing';
import type { INestApplicationContext } from '@nestjs/common';
import { anEnvironment, extracted, upload, type Environment } from '../../test/environment.ts';
import { ObjectStore } from '../storage/object-store.ts';
import { STRAY_SECONDS, StrayObjects } from './stray-objects.ts';

describe('objects to which no row belongs', () => {
  const ann = uuidv7();
  let environment: Environment;
  let worker: INestApplicationContext;
  let store: ObjectStore;
  let roomId: string;
  beforeAll(async () => {
    environment = await anEnvironment();
    worker = await environment.startWorker();
    store = worker.get(ObjectStore);
    roomId = environment.rooms.aRoom({ [ann]: {} });
  }, 60_000);
  afterAll(cleanUp, 30_000);

  const putObject = async (key: string) => {
    const put = await fetch(await store.putUrl(key), { method: 'PUT', body: 'left behind' });
    expect(put.ok).toBe(true);
    return key;
  };
  const sweep = (olderThanSeconds = -60) => worker.get(StrayObjects).sweep(olderThanSeconds);
  const areThere = async (keys: string[]) => {
    const sizes = await Promise.all(keys.map((key) => store.findSize(key)));
    return sizes.map((size) => size !== null);
  };

  it('are removed once they are old, and nothing else is', async () => {
    const file = await upload(environment.bus, { roomId, userId: ann }, { name: 'a.txt', bytes: 'The harbour.' });
    await extracted(environment.bus, file, ann);
    const { fileId } = await environment.bus.call(files.openUpload, { roomId }, ann);
    const kept = [
      `rooms/${roomId}/${file.id}`,
      await putObject(`rooms/${roomId}/${fileId}`),
      await putObject('backups/2026/dump'),
      await putObject(`rooms/${roomId}/cover.png`),
    ];
    const strays = [await putObject(`rooms/${roomId}/${uuidv7()}`), await putObject(`uploads/${roomId}/${uuidv7()}/3`)];
    await sweep(STRAY_SECONDS);
    expect(await areThere([...kept, ...strays])).toEqual([true, true, true, true, true, true]);
    await sweep();
    expect(await areThere([...kept, ...strays])).toEqual([true, true, true, true, false, false]);
  }, 60_000);

  it('are removed too when they came back after their file was deleted', async () => {
    const file = await upload(environment.bus, { roomId, userId: ann }, { name: 'b.txt', bytes: 'The harbour.' });
    await environment.database.query('update files.files set deleted_at = now(), object_removed = true where id = $1', [file.id]);
    await sweep();
    expect(await areThere([`rooms/${roomId}/${file.id}`])).toEqual([false]);
  }, 60_000);

  it('are left alone while a backup is being made', async () => {
    const stray = await putObject(`rooms/${roomId}/${uuidv7()}`);
    await environment.database.query(`select pg_advisory_lock(hashtext('atrium-objects'))`);
    await sweep();
    expect(await areThere([stray])).toEqual([true]);
    await environment.database.query(`select pg_advisory_unlock(hashtext('atrium-objects'))`);
    await sweep();
    expect(await areThere([stray])).toEqual([false]);
  }, 60_000);

  it('are believed to be somebody else’s when none of them has its row', async () => {
    await environment.database.query('update files.files set deleted_at = now(), object_removed = true');
    await environment.database.query('delete from files.uploads');
    const strays = await Promise.all(Array.from({ length: 12 }, () => putObject(`rooms/${roomId}/${uuidv7()}`)));
    await expect(sweep()).rejects.toThrow('right database');
    expect((await areThere(strays)).every(Boolean)).toBe(true);
  }, 60_000);
});
