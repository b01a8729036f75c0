import { AppError, type FileRecord } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { FakeFiles } from '../../test/fake-files.ts';
import type { Person } from '../../test/fake-services.ts';
import { Harness } from '../../test/harness.ts';

describe('several files in one upload', () => {
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
    fake.records.clear();
    fake.beforeRecording = undefined;
    fake.beforeRemoving = undefined;
  });
  afterAll(cleanUp);

  const upload = (key?: string) => {
    const form = new FormData();
    for (const name of ['one.txt', 'two.txt', 'three.txt']) form.append('file', new Blob([name]), name);
    return harness.fetch(path, { method: 'POST', as: ann, body: form, headers: key === undefined ? {} : { 'idempotency-key': key } });
  };
  const names = (records: Iterable<FileRecord>) => [...records].map(({ name }) => name).sort();
  const refusing = (code: 'file_too_large' | 'service_unavailable') => (name: string) => {
    if (name === 'two.txt') throw new AppError(code);
  };

  it('are all taken back when one of them is refused', async () => {
    fake.beforeRecording = refusing('file_too_large');
    const reply = await upload();
    expect([reply.status, names(fake.records.values())]).toEqual([413, []]);
  });

  it('are each there once when a refused upload is repeated', async () => {
    fake.beforeRecording = refusing('file_too_large');
    expect((await upload('k1')).status).toBe(413);
    fake.beforeRecording = undefined;
    const { items } = (await (await upload('k1')).json()) as { items: FileRecord[] };
    expect(items.map(({ name }) => name)).toEqual(['one.txt', 'two.txt', 'three.txt']);
    expect([...fake.records.values()]).toEqual(items);
  });

  it('are each there once when files goes away in the middle, and the upload is repeated', async () => {
    fake.beforeRecording = refusing('service_unavailable');
    fake.beforeRemoving = () => {
      throw new AppError('service_unavailable');
    };
    expect((await upload('k2')).status).toBe(503);
    fake.beforeRecording = undefined;
    const { items } = (await (await upload('k2')).json()) as { items: FileRecord[] };
    expect(items.map(({ name }) => name)).toEqual(['one.txt', 'two.txt', 'three.txt']);
    expect(names(fake.records.values())).toEqual(['one.txt', 'three.txt', 'two.txt']);
    expect(await (await upload('k2')).json()).toEqual({ items });
  });
});
