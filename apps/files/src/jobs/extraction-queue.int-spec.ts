import type { FileRecord } from '@atrium/contracts';
import { uuidv7 } from '@atrium/database';
import { cleanUp, onCleanup, waitFor } from '@atrium/testing';
import { Worker, type Job } from 'bullmq';
import { anEnvironment, upload, type Environment } from '../../test/environment.ts';
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
});
