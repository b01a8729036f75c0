import { fileEvents, files, type FileRecord, type ExtractionJob } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { cleanUp, onCleanup, waitFor } from '@atrium/testing';
import { UnrecoverableError, Worker, type Job } from 'bullmq';
import { anEnvironment, upload, type Environment } from '../../test/environment.ts';
import { EXTRACTION_QUEUE } from '../jobs/extraction-queue.ts';

describe('the files that admins see', () => {
  const [root, ann] = [uuidv7(), uuidv7()];
  let environment: Environment;
  let worker: Worker<ExtractionJob>;
  let roomId: string;

  beforeAll(async () => {
    environment = await anEnvironment();
    // Takes jobs when the test says so.
    worker = new Worker<ExtractionJob>(EXTRACTION_QUEUE, null, {
      connection: { url: environment.redis.url, maxRetriesPerRequest: null },
    });
    onCleanup(() => worker.close());
  }, 60_000);
  beforeEach(() => {
    roomId = environment.rooms.aRoom({ [ann]: {} });
  });
  afterAll(cleanUp, 30_000);

  const asRoot = { actorId: root, actorRole: 'admin' as const };
  const codeOf = (call: Promise<unknown>) =>
    call.then(
      () => 'done',
      (error: { code: string }) => error.code,
    );
  const put = (name: string): Promise<FileRecord> => upload(environment.bus, { roomId, userId: ann }, { name, bytes: 'Some words.' });
  const list = (input: object) => environment.bus.rpc.call(files.adminFiles, input, asRoot);
  const jobs = (input: object = {}) => environment.bus.rpc.call(files.adminJobs, input, asRoot);
  const auditOf = async (targetId: string) => (await environment.bus.rpc.call(files.adminAudit, { targetId }, asRoot)).items;

  /** A file whose job was given up, as after its last try. */
  async function aFailedFile(): Promise<{ file: FileRecord; jobId: string }> {
    const file = await put('torn.txt');
    await waitFor(async () => (await environment.findJob(file)) !== null, { withinMs: 10_000, what: 'the job' });
    for (;;) {
      const job = (await worker.getNextJob('test')) as Job<ExtractionJob>;
      await job.moveToFailed(new UnrecoverableError('it is torn'), 'test');
      if (job.data.fileId === file.id) {
        await environment.database.query(`update files.files set status = 'failed' where id = $1`, [file.id]);
        return { file, jobId: job.id! };
      }
    }
  }

  it('are those of every room, by name, room and status, page by page, without unsent attachments', async () => {
    const [one, two] = [await put('harbour 100%.txt'), await put('harbour.txt')];
    const first = await list({ roomId, limit: 1 });
    expect(first.items.map(({ id }) => id)).toEqual([two.id]);
    expect((await list({ roomId, cursor: first.nextCursor! })).items.map(({ id }) => id)).toEqual([one.id]);
    expect((await list({ roomId, query: '100%' })).items.map(({ id }) => id)).toEqual([one.id]);
    expect((await list({ roomId, status: 'failed' })).items).toEqual([]);
    await environment.database.query('update files.files set draft = true where id = $1', [one.id]);
    expect((await list({ roomId })).items.map(({ id }) => id)).toEqual([two.id]);
    expect(await codeOf(list({ cursor: 'nonsense' }))).toBe('validation_failed');
  });

  it.each([
    ['adminFiles', {}],
    ['adminRetryFile', { fileId: uuidv7(), reason: 'x' }],
    ['adminRemoveFile', { fileId: uuidv7(), reason: 'x' }],
    ['adminJobs', {}],
    ['adminRetryJob', { jobId: 'file-1', reason: 'x' }],
    ['adminAudit', {}],
    ['adminStats', { from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z', stepSeconds: 3600 }],
  ] as const)('are not there for who is no admin: %s', async (name, input) => {
    expect(await environment.bus.refusal(files[name], input, ann)).toBe('not_found');
  });

  it('are deleted with a reason, told to their room and written down', async () => {
    const file = await put('gone.txt');
    const told = await environment.bus.hear(fileEvents.deleted);
    const remove = (reason: string) => environment.bus.rpc.call(files.adminRemoveFile, { fileId: file.id, reason }, asRoot);
    expect(await codeOf(remove(''))).toBe('validation_failed');
    await remove('malware');
    await waitFor(() => told.some(({ fileId, actorId }) => fileId === file.id && actorId === root));
    expect(await auditOf(file.id)).toMatchObject([
      { service: 'files', action: 'file.deleted', actorId: root, roomId, reason: 'malware', details: { name: 'gone.txt' } },
    ]);
    expect(await codeOf(remove('again'))).toBe('file_not_found');
  });

  it('are read again once they have come to an end', async () => {
    const { file } = await aFailedFile();
    const retry = (fileId: string) => environment.bus.rpc.call(files.adminRetryFile, { fileId, reason: 'fixed' }, asRoot);
    expect((await retry(file.id)).file).toMatchObject({ status: 'stored', version: 2 });
    expect(await codeOf(retry(file.id))).toBe('file_not_retryable');
    expect((await auditOf(file.id)).map(({ action }) => action)).toEqual(['file.retried']);
  });

  it('have their jobs counted and listed by state, and given up ones are tried again', async () => {
    const { file, jobId } = await aFailedFile();
    const { items, counts } = await jobs({ state: 'failed' });
    expect(items).toContainEqual(expect.objectContaining({ id: jobId, fileId: file.id, failedReason: 'it is torn', state: 'failed' }));
    expect(counts.failed).toBe(items.length);
    const retry = () => environment.bus.rpc.call(files.adminRetryJob, { jobId, reason: 'fixed' }, asRoot);
    await retry();
    const next = { ...file, version: 2 };
    await waitFor(async () => (await environment.findJob(next)) !== null, { withinMs: 10_000, what: 'the new job' });
    expect((await jobs({ state: 'failed' })).items.map(({ id }) => id)).not.toContain(jobId);
    expect((await jobs({ state: 'waiting' })).items.map(({ fileId }) => fileId)).toContain(file.id);
    expect(await codeOf(retry())).toBe('job_not_found');
    expect((await auditOf(file.id)).map(({ action, details }) => [action, details['jobId']])).toEqual([['job.retried', jobId]]);
  });

  it('have all their jobs on pages that follow each other', async () => {
    await Promise.all([put('a.txt'), put('b.txt'), put('c.txt')]);
    await aFailedFile();
    await waitFor(async () => (await jobs()).counts.failed > 0);
    const all = (await jobs({ limit: 100 })).items.map(({ id }) => id);
    const paged: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await jobs({ limit: 2, ...(cursor && { cursor }) });
      paged.push(...page.items.map(({ id }) => id));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(paged).toEqual(all);
  });

  describe('in the figures', () => {
    const level = async (name: string) => {
      const range = { from: new Date(Date.now() - 60_000).toISOString(), to: new Date(Date.now() + 1000).toISOString(), stepSeconds: 60 };
      const { series } = await environment.bus.rpc.call(files.adminStats, range, asRoot);
      return series.find((one) => one.name === name)!.points.at(-1)!.value;
    };
    const remove = (fileId: string) => environment.bus.rpc.call(files.adminRemoveFile, { fileId, reason: 'x' }, asRoot);

    it('fill the storage until they are deleted', async () => {
      const before = await level('storage');
      const file = await put('heavy.txt');
      expect(await level('storage')).toBe(before + file.size);
      await remove(file.id);
      expect(await level('storage')).toBe(before);
    });

    it('wait in the queue until they were read, given up or deleted', async () => {
      const before = await level('queue');
      const [read, torn, deleted] = [await put('read.txt'), await put('torn.txt'), await put('deleted.txt')];
      expect(await level('queue')).toBe(before + 3);
      await environment.database.query(`update files.files set status = 'ready', touched_at = now() where id = $1`, [read.id]);
      await environment.database.query(`update files.files set status = 'failed', touched_at = now() where id = $1`, [torn.id]);
      expect(await level('queue')).toBe(before + 1);
      await remove(deleted.id);
      expect(await level('queue')).toBe(before);
    });
  });
});
