import { uuidv7 } from '@atrium/database';
import { aRedisPair, cleanUp, waitFor } from '@atrium/testing';
import { anEnvironment, extracted, upload, type Environment } from '../../test/environment.ts';

describe('files whose Redis is found by Sentinels', () => {
  const ann = uuidv7();
  let environment: Environment;
  let redis: Awaited<ReturnType<typeof aRedisPair>>;
  let roomId: string;

  beforeAll(async () => {
    redis = await aRedisPair();
    environment = await anEnvironment({ REDIS_URL: redis.url });
    await environment.startWorker();
    roomId = environment.rooms.aRoom({ [ann]: {} });
  }, 60_000);
  afterAll(cleanUp, 30_000);

  const put = (name: string) => upload(environment.bus, { roomId, userId: ann }, { name, bytes: 'The harbour opens at seven.' });
  const extract = async (name: string) => (await extracted(environment.bus, await put(name), ann)).status;

  it('are extracted before and after its primary is gone for good', async () => {
    expect(await extract('before.txt')).toBe('ready');
    await redis.primary.stop('SIGKILL');
    let tries = 0;
    await waitFor(async () => (await extract(`after-${(tries += 1)}.txt`)) === 'ready', {
      withinMs: 60_000,
      what: 'a file to be extracted by the one that took over',
    });
    expect(tries).toBe(1);
  }, 90_000);
});
