import { jest } from '@jest/globals';
import { AppError, type FileRecord } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { FakeFiles } from '../../test/fake-files.ts';
import type { Person } from '../../test/fake-services.ts';
import { Harness } from '../../test/harness.ts';

describe('an upload', () => {
  let harness: Harness;
  let fake: FakeFiles;
  let ann: Person;
  let path: string;

  beforeAll(async () => {
    harness = await Harness.start();
    fake = await FakeFiles.start(harness.services.bus);
    ann = harness.services.aPerson();
    path = `/api/rooms/${harness.services.aRoom([ann]).record.id}/files`;
  });
  beforeEach(() => {
    fake.opened.length = 0;
    fake.afterOpening = undefined;
    fake.beforeRecording = undefined;
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(cleanUp);

  const upload = (names: string[], key?: string) => {
    const form = new FormData();
    for (const name of names) form.append('file', new Blob([name]), name);
    return harness.fetch(path, { method: 'POST', as: ann, body: form, headers: key === undefined ? {} : { 'idempotency-key': key } });
  };
  const idsOf = async (reply: Response) => ((await reply.json()) as { items: FileRecord[] }).items.map(({ id }) => id);
  const timePasses = (ms: number) => {
    const now = Date.now.bind(Date);
    jest.spyOn(Date, 'now').mockImplementation(() => now() + ms);
  };

  it('of several files is recorded in their order', async () => {
    const ids = await idsOf(await upload(['one.txt', 'two.txt', 'three.txt']));
    expect(ids).toEqual(fake.opened);
    expect(ids.map((id) => fake.store.objects.get(`/${id}`)!.toString())).toEqual(['one.txt', 'two.txt', 'three.txt']);
  });

  it('that failed is done by a repeat with the same key, and once', async () => {
    fake.beforeRecording = () => {
      throw new AppError('service_unavailable');
    };
    expect((await upload(['one.txt', 'two.txt'], 'k1')).status).toBe(503);
    fake.beforeRecording = undefined;
    const ids = await idsOf(await upload(['one.txt', 'two.txt'], 'k1'));
    expect(ids).toHaveLength(2);
    expect(await idsOf(await upload(['one.txt', 'two.txt'], 'k1'))).toEqual(ids);
  });

  it.each(['idempotency_conflict', 'room_not_found', 'file_not_found'] as const)('is refused with %s when files does so', async (code) => {
    fake.beforeRecording = () => {
      throw new AppError(code);
    };
    expect(await (await upload(['one.txt'], 'k2')).json()).toMatchObject({ code });
  });

  it('whose body came slowly goes to a fresh address, after being let in once more', async () => {
    fake.afterOpening = () => {
      fake.afterOpening = undefined;
      timePasses(61_000);
    };
    const ids = await idsOf(await upload(['one.txt']));
    expect([fake.opened.length, ids]).toEqual([2, [fake.opened[1]]]);
    expect([...fake.store.objects.keys()]).not.toContain(`/${fake.opened[0]}`);
  });
});
