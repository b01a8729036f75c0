import { files, type FileRecord } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { Health } from '@atrium/service-kit';
import { cleanUp, waitFor } from '@atrium/testing';
import type { INestApplicationContext } from '@nestjs/common';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { existsSync } from 'node:fs';
import { aPdf } from '../../test/documents.ts';
import { anEnvironment, extracted, upload, type Environment } from '../../test/environment.ts';
import { findExtractor } from '../../test/extractor.ts';
import { ObjectStore } from '../storage/object-store.ts';
import { EXTRACTION_QUEUE, ExtractionQueue } from './extraction-queue.ts';
import { FilesWorker } from './files.worker.ts';
import { Reconciler } from './reconciler.ts';
import { Sweeper } from './sweeper.ts';

/** Takes the extractor and the index a moment. */
const LONG = 'The harbour of Norwick opens at seven. '.repeat(60_000);

/** A stopping process is ended by force after eight seconds. */
const WELL_IN_TIME_MS = 4000;

describe('the files worker', () => {
  const ann = uuidv7();
  let environment: Environment;
  let worker: INestApplicationContext;
  let roomId: string;

  beforeAll(async () => {
    environment = await anEnvironment();
    worker = await environment.startWorker();
    roomId = environment.rooms.aRoom({ [ann]: {} });
  }, 60_000);
  afterAll(cleanUp, 30_000);

  const put = (bytes: Buffer | string) => upload(environment.bus, { roomId, userId: ann }, { name: 'a.txt', bytes });
  const record = async (uploaded: { fileId: string; name: string; size: number; sha256: string }) =>
    (await environment.bus.call(files.recordUpload, { roomId, files: [uploaded] }, ann)).files[0]!;
  const get = (file: FileRecord) => environment.bus.call(files.get, { roomId, fileId: file.id }, ann);
  const status = (file: FileRecord, wanted: string) =>
    waitFor(async () => (await get(file)).status === wanted, { withinMs: 20_000, what: `the status ${wanted}` });
  const chunks = async (file: FileRecord) =>
    Number(
      (await environment.database.query<{ n: string }>('select count(*) as n from files.file_chunks where file_id = $1', [file.id]))[0]!.n,
    );

  const attempt = async (file: FileRecord) =>
    (await environment.database.query<{ attempt: number }>('select attempt from files.files where id = $1', [file.id]))[0]!.attempt;

  /** The file once nothing more happens to it, its extractor being killed whenever one is seen. */
  const killedInEveryTry = (file: FileRecord) =>
    waitFor(
      async () => {
        const extractor = await findExtractor();
        if (extractor) process.kill(extractor.pid, 'SIGKILL');
        const now = await get(file);
        return ['stored', 'queued', 'extracting'].includes(now.status) ? null : now;
      },
      { withinMs: 60_000, what: 'the last try' },
    );

  it('writes nothing once another has claimed the file, and the reconciler finishes it', async () => {
    const file = await put(LONG);
    await status(file, 'extracting');
    await environment.database.query('update files.files set attempt = attempt + 1 where id = $1', [file.id]);
    await waitFor(async () => !(await environment.findJob(file)), { withinMs: 20_000, what: 'the job to end' });
    expect((await get(file)).status).toBe('extracting');
    expect(await chunks(file)).toBe(0);
    await worker.get(Reconciler).reconcile(0);
    expect((await extracted(environment.bus, file, ann)).status).toBe('ready');
    expect(await chunks(file)).toBe((await get(file)).chunks);
  }, 60_000);

  it('calls an extraction off when its file is deleted, and leaves nothing behind', async () => {
    const file = await put(LONG);
    await status(file, 'extracting');
    await environment.bus.call(files.remove, { roomId, fileId: file.id }, ann);
    await waitFor(async () => !(await environment.findJob(file)), { withinMs: 20_000, what: 'the job to end' });
    expect(await chunks(file)).toBe(0);
  }, 60_000);

  it('hands its job on at once when it stops mid-extraction, and another finishes it', async () => {
    const file = await put(await aPdf(Array.from({ length: 300 }, (_, i) => `Page ${i + 1}: the harbour opens at seven.`)));
    const extractor = await waitFor(findExtractor, { withinMs: 20_000, what: 'the extractor' });
    // Stopped in its tracks, the extractor would never end by itself.
    process.kill(extractor.pid, 'SIGSTOP');
    const began = Date.now();
    await worker.close();
    expect(Date.now() - began).toBeLessThan(WELL_IN_TIME_MS);

    expect(await environment.findJob(file)).toEqual({ state: 'prioritized', attemptsMade: 0 });
    expect(await attempt(file)).toBe(1);
    expect(await findExtractor()).toBeNull();
    expect(existsSync(extractor.directory)).toBe(false);

    worker = await environment.startWorker();
    expect((await extracted(environment.bus, file, ann)).status).toBe('ready');
    expect(await attempt(file)).toBe(2);
  }, 60_000);

  it('tries a file again whose extractor was killed from outside', async () => {
    const file = await put(LONG);
    process.kill((await waitFor(findExtractor, { withinMs: 20_000, what: 'the extractor' })).pid, 'SIGKILL');
    expect(await extracted(environment.bus, file, ann)).toMatchObject({ status: 'ready', version: 1 });
    expect(await attempt(file)).toBe(2);
  }, 60_000);

  it('says why it gives up when the extractor is killed in every try', async () => {
    const file = await put(LONG);
    expect((await killedInEveryTry(file)).statusReason).toContain('the system ended its reader');
    expect(await attempt(file)).toBe(3);
  }, 90_000);

  it('says at once that the bytes of a file are gone, and reads it again when they are back', async () => {
    const opened = await environment.bus.call(files.openUpload, { roomId }, ann);
    await fetch(opened.putUrl, { method: 'PUT', body: 'abc' });
    await worker.close();
    const file = await record({ fileId: opened.fileId, name: 'a.txt', size: 3, sha256: 'a'.repeat(64) });
    worker = await environment.startWorker();
    await worker.get(ObjectStore).remove(`rooms/${roomId}/${file.id}`);
    const retry = async () => {
      await environment.bus.call(files.retry, { roomId, fileId: file.id }, ann);
      return extracted(environment.bus, file, ann);
    };
    const gone = { status: 'failed', statusReason: expect.stringContaining('is gone') as string };
    expect(await extracted(environment.bus, file, ann)).toMatchObject(gone);
    expect(await retry()).toMatchObject({ ...gone, version: 2 });
    expect(await attempt(file)).toBe(4);
    await fetch(opened.putUrl, { method: 'PUT', body: 'abc' });
    expect(await retry()).toMatchObject({ status: 'ready', version: 3 });
  }, 60_000);

  describe('a partly read file that is tried again', () => {
    const partial = async () => {
      const opened = await environment.bus.call(files.openUpload, { roomId }, ann);
      const put = (body: string) => fetch(opened.putUrl, { method: 'PUT', body });
      await put('The keeper is called Marlow.');
      const file = await record({ fileId: opened.fileId, name: 'a.txt', size: 28, sha256: 'a'.repeat(64) });
      expect((await extracted(environment.bus, file, ann)).status).toBe('ready');
      await environment.database.query(`update files.files set status = 'partial' where id = $1`, [file.id]);
      return { file, put };
    };
    const text = (file: FileRecord) => environment.bus.call(files.text, { roomId, fileId: file.id }, ann);
    const retry = async (file: FileRecord) => {
      await environment.bus.call(files.retry, { roomId, fileId: file.id }, ann);
      return extracted(environment.bus, file, ann);
    };

    it('keeps what was read before when it cannot be read any more, and says so', async () => {
      const { file, put } = await partial();
      const before = await text(file);
      await put('%PDF-1.7\n\u0000\u0000 and no more');
      const done = await retry(file);
      expect(done).toMatchObject({ status: 'partial', version: 2, pages: 1, chars: 28, chunks: 1 });
      expect(done.statusReason).toMatch(/read before is kept.*damaged/);
      expect(await text(file)).toEqual(before);
      expect(await chunks(file)).toBe(1);
    }, 60_000);

    it('keeps it when every try fails', async () => {
      const { file } = await partial();
      const before = await text(file);
      await environment.bus.call(files.retry, { roomId, fileId: file.id }, ann);
      const done = await killedInEveryTry(file);
      expect(done).toMatchObject({ status: 'partial', chunks: 1, statusReason: expect.stringContaining('kept') as string });
      expect(await text(file)).toEqual(before);
    }, 90_000);

    it('has the new text alone when there is one', async () => {
      const { file, put } = await partial();
      await put('The keeper is called Hale. Marlow left.');
      expect(await retry(file)).toMatchObject({ status: 'ready', chars: 39 });
      expect((await text(file)).pages).toEqual([{ page: 1, text: 'The keeper is called Hale. Marlow left.' }]);
    }, 60_000);
  });

  it('refuses a job that is not what its queue promises, and goes on with the next', async () => {
    const queue = new Queue(EXTRACTION_QUEUE, { connection: { url: environment.redis.url } });
    try {
      const strange = await queue.add('extract', { file: 'a.txt' });
      await waitFor(() => strange.isFailed(), { withinMs: 20_000, what: 'the job to be refused' });
      expect((await queue.getJob(strange.id!))?.failedReason).toContain('fileId');
      await strange.remove();
    } finally {
      await queue.close();
    }
    await status(await put('Words after a strange job.'), 'ready');
  });

  it('takes canaries from the queue, which show that it does not only look alive', async () => {
    const taking = worker.get(FilesWorker).worker;
    const completed = new Promise<string>((resolve) => taking.once('completed', (job) => resolve(job.name)));
    await worker.get(ExtractionQueue).addCanary();
    expect(await completed).toBe('canary');
    expect((await worker.get(Health).report()).checks).toMatchObject({ queue: 'ok' });
  });

  it('takes up what was in the queue when Redis lost everything', async () => {
    const queue = new Queue(EXTRACTION_QUEUE, { connection: { url: environment.redis.url } });
    await queue.pause();
    const file = await put('Queued in vain.');
    await status(file, 'queued');
    const redis = new Redis(environment.redis.url);
    await redis.flushall();
    redis.disconnect();
    await queue.close();
    expect((await extracted(environment.bus, file, ann)).status).toBe('ready');
  }, 60_000);

  it('takes up what was stored while Redis was away', async () => {
    await environment.redis.stop();
    const file = await put('Stored without a queue.');
    expect(file.status).toBe('stored');
    await environment.redis.start();
    await waitFor(
      async () => {
        await worker.get(Reconciler).reconcile(0);
        return (await get(file)).status === 'ready';
      },
      { withinMs: 30_000, what: 'the file to be read' },
    );
  }, 60_000);

  it('finds files whose bytes are gone, and does not believe a store that has none at all', async () => {
    const store = worker.get(ObjectStore);
    const ready = async () => {
      const file = await put('Here today.');
      expect((await extracted(environment.bus, file, ann)).status).toBe('ready');
      return file;
    };
    const lost = () => environment.database.query(`select id from files.files where status_reason like '%is gone%' order by id`);
    const file = await ready();
    await store.remove(`rooms/${roomId}/${file.id}`);
    await worker.get(Sweeper).lookForLost();
    expect(await get(file)).toMatchObject({ status: 'failed', statusReason: expect.stringContaining('is gone') as string });

    await environment.database.query(
      `insert into files.files select (jsonb_populate_record(f, jsonb_build_object('id', gen_random_uuid()))).*
       from files.files f, generate_series(1, 10) where f.id = $1`,
      [(await ready()).id],
    );
    const before = await lost();
    for (const { id } of await environment.database.query<{ id: string }>('select id from files.files'))
      await store.remove(`rooms/${roomId}/${id}`);
    await expect(worker.get(Sweeper).lookForLost()).rejects.toThrow('right bucket');
    expect(await lost()).toEqual(before);
  }, 60_000);

  it('leaves the bytes of a deleted file alone while a backup is being made, and sweeps them after it', async () => {
    const file = await put('The tide table hangs in the harbour office.');
    const key = `rooms/${roomId}/${file.id}`;
    const store = worker.get(ObjectStore);
    await extracted(environment.bus, file, ann);
    await environment.database.query(`select pg_advisory_lock(hashtext('atrium-objects'))`);
    await environment.bus.call(files.remove, { roomId, fileId: file.id }, ann);
    await worker.get(Sweeper).sweep(3600);
    expect(await store.findSize(key)).toBe(file.size);
    await environment.database.query(`select pg_advisory_unlock(hashtext('atrium-objects'))`);
    await worker.get(Sweeper).sweep(3600);
    expect(await store.findSize(key)).toBeNull();
  }, 60_000);

  it('sweeps the bytes of uploads that were never finished', async () => {
    const opened = await environment.bus.call(files.openUpload, { roomId }, ann);
    await fetch(opened.putUrl, { method: 'PUT', body: 'abc' });
    const store = worker.get(ObjectStore);
    const key = `rooms/${roomId}/${opened.fileId}`;
    await worker.get(Sweeper).sweep(3600);
    expect(await store.findSize(key)).toBe(3);
    await worker.get(Sweeper).sweep(0);
    expect(await store.findSize(key)).toBeNull();
    const late = { fileId: opened.fileId, name: 'a.txt', size: 3, sha256: 'a'.repeat(64) };
    expect(await environment.bus.refusal(files.recordUpload, { roomId, files: [late] }, ann)).toBe('file_not_found');
  }, 30_000);
});
