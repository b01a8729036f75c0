import type { FileRecord } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { FakeRoom } from '../../test/builders.ts';
import { FakeFiles, MAX_BYTES } from '../../test/fake-files.ts';
import type { Person } from '../../test/fake-services.ts';
import { Harness } from '../../test/harness.ts';
import { RawClient } from '../../test/raw-client.ts';

const spools = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('atrium-upload-'));

describe('files', () => {
  let harness: Harness;
  let ann: Person;
  let room: FakeRoom;
  let path: string;
  let store: FakeFiles['store'];

  beforeAll(async () => {
    harness = await Harness.start();
    ({ store } = await FakeFiles.start(harness.services.bus));
    ann = harness.services.aPerson();
    room = harness.services.aRoom([ann]);
    path = `/api/rooms/${room.record.id}/files`;
  });
  afterAll(cleanUp);

  const upload = (contents: (string | Buffer)[], headers: Record<string, string> = {}, field = 'file') => {
    const form = new FormData();
    contents.forEach((content, index) => form.append(field, new Blob([content]), `n${index} ü.txt`));
    return harness.fetch(path, { method: 'POST', as: ann, body: form, headers });
  };
  it('are counted, hashed and put into storage, several in one request, and leave nothing behind', async () => {
    const reply = await upload(['hello', Buffer.alloc(MAX_BYTES, 7), '']);
    expect(reply.status).toBe(201);
    const { items } = (await reply.json()) as { items: FileRecord[] };
    expect(items.map(({ name, size }) => [name, size])).toEqual([
      ['n0 ü.txt', 5],
      ['n1 ü.txt', MAX_BYTES],
      ['n2 ü.txt', 0],
    ]);
    expect(items[0]!.sha256).toBe(createHash('sha256').update('hello').digest('hex'));
    expect(store.objects.get(`/${items[1]!.id}`)!.length).toBe(MAX_BYTES);
    expect(await spools()).toEqual([]);
  });

  it('are refused when they are too large, missing, or in another field', async () => {
    const large = await upload([Buffer.alloc(MAX_BYTES + 1)]);
    expect(await large.json()).toMatchObject({ status: 413, code: 'file_too_large', maxBytes: MAX_BYTES });
    const vast = await upload([Buffer.alloc(MAX_BYTES * 20)]);
    expect(await vast.json()).toMatchObject({ status: 413, code: 'file_too_large' });
    expect(await (await upload([])).json()).toMatchObject({ status: 422, errors: [{ path: 'file', message: 'is missing' }] });
    expect(await (await upload(['x'], {}, 'other')).json()).toMatchObject({ status: 422, errors: [{ path: 'file' }] });
    const json = await harness.postJson(path, { file: 'x' }, { as: ann });
    expect(await json.json()).toMatchObject({ status: 415, code: 'unsupported_media_type' });
    const broken = await harness.fetch(path, { method: 'POST', as: ann, body: 'x', headers: { 'content-type': 'multipart/form-data' } });
    expect(await broken.json()).toMatchObject({ status: 400, code: 'malformed_request' });
    expect(await spools()).toEqual([]);
  });

  it('are all refused when one of them is', async () => {
    const before = store.objects.size;
    expect((await upload(['fine', Buffer.alloc(MAX_BYTES + 1)])).status).toBe(413);
    expect((await upload(Array.from({ length: 11 }, () => 'x'))).status).toBe(422);
    expect(store.objects.size).toBe(before);
    expect(await spools()).toEqual([]);
  });

  it.each([
    ['we"ird.txt', 'we"ird.txt'],
    ['two\r\nlines.txt', 'two lines.txt'],
    ['invoice\u202etxt.exe', 'invoicetxt.exe'],
    ['../../etc/passwd', 'passwd'],
  ])('are named %j as %j', async (given, name) => {
    const form = new FormData();
    form.append('file', new Blob(['x']), given);
    const reply = await harness.fetch(path, { method: 'POST', as: ann, body: form });
    expect(((await reply.json()) as { items: FileRecord[] }).items[0]!.name).toBe(name);
  });

  it('are uploaded once for one idempotency key', async () => {
    const first = (await (await upload(['once'], { 'idempotency-key': 'u1' })).json()) as object;
    const repeat = await upload(['once'], { 'idempotency-key': 'u1' });
    expect(repeat.status).toBe(201);
    expect(await repeat.json()).toEqual(first);
  });

  describe('are served back', () => {
    let content: string;
    beforeAll(async () => {
      const { items } = (await (await upload(['0123456789'])).json()) as { items: FileRecord[] };
      content = `${path}/${items[0]!.id}/content`;
    });
    const get = (headers: Record<string, string> = {}, query = '', method = 'GET') =>
      harness.fetch(content + query, { as: ann, headers, method });

    it('as a download that cannot run, or inline as a safe type', async () => {
      const reply = await get();
      expect(await reply.text()).toBe('0123456789');
      expect(reply.headers.get('content-type')).toBe('application/octet-stream');
      expect(reply.headers.get('content-disposition')).toBe(`attachment; filename="n0 ?.txt"; filename*=UTF-8''n0%20%C3%BC.txt`);
      expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
      expect(reply.headers.get('content-security-policy')).toContain('sandbox');
      const inline = await get({}, '?inline=1');
      expect([inline.headers.get('content-type'), inline.headers.get('content-disposition')?.slice(0, 6)]).toEqual(['image/png', 'inline']);
    });

    it('in ranges', async () => {
      const part = await get({ range: 'bytes=2-4' });
      expect([part.status, part.headers.get('content-range'), part.headers.get('content-length'), await part.text()]).toEqual([
        206,
        'bytes 2-4/10',
        '3',
        '234',
      ]);
      const outside = await get({ range: 'bytes=10-' });
      expect([outside.status, outside.headers.get('content-range')]).toEqual([416, 'bytes */10']);
      expect(await outside.json()).toMatchObject({ code: 'range_not_satisfiable' });
      const changed = await get({ range: 'bytes=2-4', 'if-range': '"other"' });
      expect([changed.status, await changed.text()]).toEqual([200, '0123456789']);
    });

    it('only once, and as a head without bytes', async () => {
      const head = await get({}, '', 'HEAD');
      expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', '']);
      const again = await get({ 'if-none-match': head.headers.get('etag')! });
      expect([again.status, await again.text()]).toEqual([304, '']);
    });
  });
});

describe('the time that an upload has', () => {
  let harness: Harness;
  let headers: Record<string, string>;
  let path: string;

  beforeAll(async () => {
    harness = await Harness.start({ settings: { GATEWAY_SILENCE_SECONDS: '0.2', GATEWAY_BODY_SECONDS: '0.6' } });
    await FakeFiles.start(harness.services.bus);
    const ann = harness.services.aPerson();
    headers = { Authorization: `Bearer ${await harness.services.token(ann)}` };
    path = `/api/rooms/${harness.services.aRoom([ann]).record.id}/files`;
  });
  afterAll(cleanUp);

  const begin = (length = 1_000_000) => {
    const client = new RawClient(harness.port);
    client.begin(`POST ${path}`, { ...headers, 'Content-Type': 'multipart/form-data; boundary=x', 'Content-Length': length });
    client.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n');
    return client;
  };
  const late = async (client: RawClient) => {
    expect([await client.answer(), client.code]).toEqual([408, 'request_timeout']);
    await client.ended();
  };

  it('ends when nothing comes, and leaves nothing behind', async () => {
    await late(begin());
    await waitFor(async () => (await spools()).length === 0, { what: 'what had come to be removed' });
  });

  it('ends when the file comes too slowly on the whole', async () => {
    const client = begin();
    client.drip('x', 20);
    await late(client);
  });

  it('lasts as long as the file comes at a reasonable rate', async () => {
    const client = begin();
    client.drip('x'.repeat(1000), 20);
    // So long that a slow one would have been ended twice.
    for (let round = 0; round < 2; round++) {
      const slow = begin();
      slow.drip('x', 20);
      await late(slow);
    }
    expect([client.heard, client.closed]).toEqual(['', false]);
  });
});
