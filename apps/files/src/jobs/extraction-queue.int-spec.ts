import { files, type FileRecord } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { cleanUp, onCleanup, waitFor } from '@atrium/testing';
import { Worker, type Job } from 'bullmq';
import { aPdfOfForms } from '../../test/drawn-pdf.ts';
import { anEnvironment, extracted, upload, type Environment } from '../../test/environment.ts';
import { EXTRACTION_QUEUE, type CausedJob } from './extraction-queue.ts';

describe('the queue of extractions', () => {
  const [eve, ann, bob] = [uuidv7(), uuidv7(), uuidv7()];
  let environment: Environment;
  beforeAll(async () => {
    environment = await anEnvironment();
  }, 60_000);
  afterAll(cleanUp, 30_000);

  /** The jobs in the order in which a worker is given them. */
  async function taken(count: number): Promise<CausedJob[]> {
    const worker = new Worker<CausedJob>(EXTRACTION_QUEUE, null, {
      connection: { url: environment.redis.url, maxRetriesPerRequest: null },
    });
    onCleanup(() => worker.close());
    const order: CausedJob[] = [];
    for (let i = 0; i < count; i += 1) order.push(((await worker.getNextJob('test')) as Job<CausedJob>).data);
    return order;
  }

  const put = async (roomId: string, userId: string): Promise<FileRecord> => {
    const file = await upload(environment.bus, { roomId, userId }, { name: 'a.txt', bytes: 'Some words.' });
    await waitFor(async () => (await environment.findJob(file)) !== null, { withinMs: 10_000, what: 'the job' });
    return file;
  };

  it('gives everybody a first turn before anybody has a second', async () => {
    const crowded = environment.rooms.aRoom({ [eve]: {}, [ann]: {} });
    const quiet = environment.rooms.aRoom({ [bob]: {} });
    const many = [await put(crowded, eve), await put(crowded, eve), await put(crowded, eve), await put(crowded, eve)];
    const second = await put(crowded, ann);
    const other = await put(quiet, bob);
    const ids = [many[0]!, other, second, many[1]!, many[2]!, many[3]!].map((file) => file.id);
    const order = (await taken(ids.length)).map(({ fileId }) => fileId);
    // Who was there first and who waits in an empty room are both in the first round, before anybody of a crowded one.
    expect(new Set(order.slice(0, 2))).toEqual(new Set(ids.slice(0, 2)));
    expect(order.slice(2)).toEqual(ids.slice(2));
  }, 60_000);

  it('keeps with a job the request that brought it about', async () => {
    const room = environment.rooms.aRoom({ [eve]: {} });
    const file = await put(room, eve);
    expect(await taken(1)).toEqual([{ fileId: file.id, version: file.version, cause: { requestId: expect.any(String) as string } }]);
  });

  it('has a place for others while the files of one person take all that they may', async () => {
    const worker = await environment.startWorker();
    const crowded = environment.rooms.aRoom({ [eve]: {} });
    const quiet = environment.rooms.aRoom({ [bob]: {} });
    const slow = [1, 2, 3, 4].map(() =>
      upload(environment.bus, { roomId: crowded, userId: eve }, { name: 'a.pdf', bytes: aPdfOfForms(30) }),
    );
    const stuck = await Promise.all(slow);
    const states = () => Promise.all(stuck.map(async (file) => (await environment.findJob(file))?.state ?? 'done'));
    // One that finds no place is active for a moment, before it is put off.
    const twoAreRead = () =>
      waitFor(async () => (await states()).toSorted().join() === 'active,active,delayed,delayed', {
        withinMs: 15_000,
        what: 'two to be read, and two to wait',
      });
    await twoAreRead();
    const file = await upload(environment.bus, { roomId: quiet, userId: bob }, { name: 'a.txt', bytes: 'Some words.' });
    expect((await extracted(environment.bus, file, bob)).status).toBe('ready');
    await twoAreRead();

    // Called as soon as there is a place again, long before their time.
    const reading = stuck[(await states()).indexOf('active')]!;
    await environment.bus.call(files.remove, { roomId: crowded, fileId: reading.id }, eve);
    await waitFor(async () => (await states()).filter((state) => state === 'delayed').length === 1, { withinMs: 8000, what: 'a next one' });
    await worker.close();
  }, 60_000);
});
