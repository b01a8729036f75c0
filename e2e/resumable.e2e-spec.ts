import { createHash } from 'node:crypto';
import { AtriumClient } from '@atrium/client';
import type { FileRecord, Room } from '@atrium/contracts';
import { cleanUp, waitFor } from '@atrium/testing';
import { Upload } from 'tus-js-client';
import { CutLine } from './support/cut-line.ts';
import { PASSWORD, Person, request } from './support/person.ts';
import { killAndAwaitReturn, url } from './support/stack.ts';

const MiB = 1024 * 1024;
const BYTES = Number(process.env['RESUMABLE_MIB'] ?? 100) * MiB;
const TUS = { 'tus-resumable': '1.0.0' };
const LONG_MS = 240_000;

afterAll(cleanUp);

describe('an upload by tus', () => {
  let ann: Person;
  let room: Room;
  beforeAll(async () => {
    ann = await Person.register('ann');
    room = await ann.createRoom({ visibility: 'private' });
  });
  const at = (more = '') => `/api/rooms/${room.id}/uploads${more}`;
  const begin = (headers: Record<string, string>) => ann.call('POST', at(), undefined, { ...TUS, ...headers });
  const named = (name: string, more: Record<string, string> = {}) => ({
    'upload-metadata': Object.entries({ filename: name, ...more })
      .map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`)
      .join(','),
  });
  const beginOf = async (size: number, more: Record<string, string> = {}) => {
    const begun = await begin({ 'upload-length': String(size), ...named('note.txt', more) });
    return at(`/${begun.headers.get('location')!.split('/').at(-1)!}`);
  };
  const patch = (path: string, offset: number, body: string, headers: Record<string, string> = {}) =>
    ann.call('PATCH', path, body, {
      ...TUS,
      'upload-offset': String(offset),
      'content-type': 'application/offset+octet-stream',
      ...headers,
    });
  const contentOf = async (id: string) => {
    const reply = await fetch(`${url}/api/rooms/${room.id}/files/${id}/content`, { headers: { authorization: `Bearer ${ann.token}` } });
    const hash = createHash('sha256');
    for await (const chunk of reply.body!) hash.update(chunk);
    return hash.digest('hex');
  };

  it(
    'broken five times, and once by the end of the gateway that took it, arrives whole, is read, and is there once',
    async () => {
      const line = await CutLine.to(url);
      const client = new AtriumClient({ baseUrl: line.url, tokenTransport: 'body' });
      await client.auth.logIn({ username: ann.user.username, password: PASSWORD });
      const bytes = Buffer.alloc(BYTES, 'The harbour opens at seven. Boats leave at eight.\n');
      for (let place = 0; place < BYTES; place += 4096) bytes.writeUInt32BE(place, place);
      bytes.write('The keeper of the lighthouse is called Marlow.\n', 0);
      let breaks = 0;
      let ended: Promise<void> | undefined;
      let sent = 0;
      line.cutAfter(BYTES / 7);
      const file = await client.files.uploadResumably(
        room.id,
        { name: 'long.bin', content: new Blob([bytes]) },
        {
          pausesMs: [50],
          onProgress: (now) => (sent = now),
          onWaiting: (waiting) => {
            if (!waiting || !line.isDown) return;
            breaks += 1;
            if (breaks === 5) ended = killAndAwaitReturn('gateway');
            line.mend();
            if (breaks < 5) line.cutAfter(BYTES / 7);
          },
        },
      );
      await ended;
      expect([breaks, sent]).toEqual([5, BYTES]);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      expect(file).toMatchObject({ name: 'long.bin', size: BYTES, sha256 });
      expect(await contentOf(file.id)).toBe(sha256);
      const { items } = await ann.do<{ items: FileRecord[] }>('GET', `/api/rooms/${room.id}/files`);
      expect(items.map(({ id }) => id)).toEqual([file.id]);
      expect(['stored', 'queued', 'extracting']).not.toContain((await ann.settled(file)).status);
    },
    LONG_MS,
  );

  it('goes through a client of the protocol that others wrote, in parts of any size', async () => {
    const bytes = Buffer.from('The tide tables of the year.\n'.repeat(50_000));
    const headers = { authorization: `Bearer ${ann.token}` };
    const done = await new Promise<Upload>((resolve, reject) => {
      const upload = new Upload(bytes, {
        endpoint: url + at(),
        headers,
        metadata: { filename: 'tides of “26”.txt' },
        chunkSize: 400_000,
        onError: reject,
        onSuccess: () => resolve(upload),
      });
      upload.start();
    });
    const file = await ann.do<FileRecord>('GET', `/api/rooms/${room.id}/files/${done.url!.split('/').at(-1)!}`);
    expect(file).toMatchObject({ name: 'tides of “26”.txt', size: bytes.length, contentType: 'text/plain' });
    expect(file.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(await ann.settled(file)).toMatchObject({ status: 'ready' });
  });

  it('says which version and extensions are spoken, and refuses another', async () => {
    const options = await request('OPTIONS', at());
    expect(options.status).toBe(204);
    expect(options.headers.get('tus-version')).toBe('1.0.0');
    expect(options.headers.get('tus-extension')).toBe('creation,termination,expiration');
    const other = await begin({ 'tus-resumable': '0.2.2', 'upload-length': '1', ...named('a.txt') });
    expect([other.status, other.body['code'], other.headers.get('tus-version')]).toEqual([412, 'unsupported_tus_version', '1.0.0']);
  });

  it.each([
    ['without a length', named('a.txt'), 'validation_failed'],
    ['with a length that is no number', { 'upload-length': '-1', ...named('a.txt') }, 'validation_failed'],
    ['without a name', { 'upload-length': '1' }, 'validation_failed'],
    ['with a name of nothing that can be seen', { 'upload-length': '1', ...named('\u202e\u2066') }, 'validation_failed'],
    ['larger than a file may be', { 'upload-length': String(5000 * MiB), ...named('a.txt') }, 'file_too_large'],
  ])('%s is refused before it begins', async (_what, headers, code) => {
    expect((await begin(headers)).body['code']).toBe(code);
  });

  it('says how far it has come, and until when that is kept', async () => {
    const path = await beginOf(10);
    const { status, headers } = await patch(path, 0, 'half');
    expect([status, headers.get('upload-offset'), headers.get('tus-resumable')]).toEqual([204, '4', '1.0.0']);
    expect(Date.parse(headers.get('upload-expires')!)).toBeGreaterThan(Date.now());
    const head = await ann.call('HEAD', path, undefined, TUS);
    expect([head.status, head.headers.get('upload-offset'), head.headers.get('upload-length')]).toEqual([200, '4', '10']);
    expect((await ann.call('HEAD', path)).status).toBe(412);
  });

  it('takes bytes where it stands, of its type, and no more than were announced', async () => {
    const path = await beginOf(4);
    expect((await patch(path, 1, 'x')).body['code']).toBe('upload_offset_conflict');
    expect((await patch(path, 0, 'x', { 'content-type': 'application/json' })).body['code']).toBe('unsupported_media_type');
    expect((await patch(path, 0, 'four!')).body['code']).toBe('payload_too_large');
    expect((await patch(path, 0, 'four')).headers.get('upload-offset')).toBe('4');
    expect((await patch(path, 4, '')).body['code']).toBe('upload_not_found');
  });

  it('for a message to come is there for its uploader alone, and one that is given up for nobody', async () => {
    const ben = await Person.register('ben');
    await ann.do('POST', `/api/rooms/${room.id}/members`, { userIds: [ben.id] });
    const path = await beginOf(4, { draft: '1' });
    await patch(path, 0, 'four');
    const file = path.replace('/uploads/', '/files/');
    expect(await ann.do('GET', file)).toMatchObject({ draft: true });
    expect(await ben.refusal('GET', file)).toEqual([404, 'file_not_found']);
    const other = await beginOf(4);
    expect((await ann.call('DELETE', other, undefined, TUS)).status).toBe(204);
    expect(await ann.refusal('GET', other)).toEqual([404, 'upload_not_found']);
  });

  it('of somebody who is shut out meanwhile ends there', async () => {
    const ben = await Person.register('ben');
    await ann.do('POST', `/api/rooms/${room.id}/members`, { userIds: [ben.id] });
    const begun = await ben.call('POST', at(), undefined, { ...TUS, 'upload-length': '4', ...named('b.txt') });
    const path = begun.headers.get('location')!;
    await ann.do('POST', `/api/rooms/${room.id}/members/${ben.id}/kick`, {});
    const type = { 'content-type': 'application/offset+octet-stream' };
    await waitFor(
      async () => {
        const reply = await ben.call('PATCH', path, 'four', { ...TUS, ...type, 'upload-offset': '0' });
        return reply.body['code'] === 'room_not_found';
      },
      { what: 'the upload to be refused' },
    );
    expect(await ann.refusal('GET', path.replace('/uploads/', '/files/'))).toEqual([404, 'file_not_found']);
  });
});
