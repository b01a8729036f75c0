import { cleanUp, freePort, onCleanup, temporaryDirectory, waitFor } from '@atrium/testing';
import { Client } from 'minio';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { request, type IncomingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { s3Server } from './s3.ts';

const keys = { accessKey: 'atrium', secretKey: 'only for this test' };
const KEY = 'rooms/one/two';
type Page = Awaited<ReturnType<Client['listObjectsV2Query']>>;

describe('the bundled S3 server', () => {
  let port: number;
  let directory: string;
  let client: Client;
  const url = (path: string) => `http://127.0.0.1:${port}${path}`;

  /** Sends a path as it is; `fetch` would tidy it. */
  function send(method: string, path: string, headers: IncomingHttpHeaders = {}): Promise<number> {
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      sent.once('error', reject).end();
    });
  }

  beforeAll(async () => {
    port = await freePort();
    const folder = await temporaryDirectory('s3');
    directory = join(folder, 's3');
    await mkdir(join(folder, 'beside'));
    await writeFile(join(folder, 'beside', 'kept'), 'of somebody else');
    const spec = s3Server({ ...keys, directory, port, bucket: 'atrium', log: '' });
    const server = spawn(spec.command, spec.args, { env: spec.env, stdio: 'ignore' });
    onCleanup(() => void server.kill('SIGKILL'));
    await waitFor(() => spec.isReady(), { withinMs: 30_000, what: 'the server' });
    client = new Client({ endPoint: '127.0.0.1', port, useSSL: false, ...keys, region: 'us-east-1', pathStyle: true });
    await client.putObject('atrium', KEY, 'the bytes');
  }, 40_000);
  afterAll(cleanUp);

  it('keeps, shows in part, lists and removes objects for whoever has the keys', async () => {
    expect(await client.bucketExists('atrium')).toBe(true);
    expect((await client.statObject('atrium', KEY)).size).toBe(9);
    expect(await text(await client.getPartialObject('atrium', KEY, 4, 5))).toBe('bytes');
    expect(await client.listObjectsV2('atrium', 'rooms/', true).toArray()).toMatchObject([{ name: KEY }]);
    await client.putObject('atrium', 'rooms/one/gone', 'x');
    await client.removeObject('atrium', 'rooms/one/gone');
    await expect(client.statObject('atrium', 'rooms/one/gone')).rejects.toMatchObject({ code: 'NotFound' });
  });

  it('lists page by page, in the order of the keys, as many objects as there are', async () => {
    const names = ['list/a', 'list/a-b', 'list/a-b/c', 'list/a.b', 'list/a/b', 'list/a/b/c', 'list/b'];
    await Promise.all(names.map((name) => client.putObject('atrium', name, 'x')));
    const listed: string[] = [];
    for (let token: string | undefined = ''; token !== undefined;) {
      const page: Page = await client.listObjectsV2Query('atrium', 'list/', token, '', 2, '');
      listed.push(...page.objects.map(({ name }) => name!));
      token = page.isTruncated ? page.nextContinuationToken : undefined;
    }
    expect(listed).toEqual(names.toSorted());
  });

  it('loses nothing that is put where the last object of a folder is just removed, and lists meanwhile', async () => {
    const lost: string[] = [];
    const refused: string[] = [];
    let isOver = false;
    const listing = async () => {
      const url = await client.presignedUrl('GET', 'atrium', '', 60, { 'list-type': '2', prefix: 'rooms/' });
      while (!isOver) {
        const answer = await fetch(url);
        if (!answer.ok) refused.push(`${answer.status} ${await answer.text()}`);
        else await answer.text();
      }
    };
    const putting = async (writer: number) => {
      for (let count = 0; count < 150; count += 1) {
        const key = `rooms/shared/${writer}-${count}`;
        await client.putObject('atrium', key, Buffer.from(key));
        await client.statObject('atrium', key).catch(() => lost.push(key));
        await client.removeObject('atrium', key);
      }
    };
    const listings = [listing(), listing()];
    await Promise.all([0, 1, 2, 3, 4, 5].map(putting)).finally(() => (isOver = true));
    await Promise.all(listings);
    expect({ lost, refused }).toEqual({ lost: [], refused: [] });
  });

  it('makes an object of parts that were put at signed addresses, or forgets them', async () => {
    const parts = async (key: string) => {
      const id = await client.initiateNewMultipartUpload('atrium', key, {});
      const url = await client.presignedUrl('PUT', 'atrium', key, 60, { uploadId: id, partNumber: '1' });
      const { headers } = await fetch(url, { method: 'PUT', body: 'in parts' });
      return { id, made: [{ part: 1, etag: headers.get('etag') ?? '' }], kept: join(directory, 'atrium', '._S3rver_uploads', id) };
    };
    const { id, made, kept } = await parts('rooms/one/parts');
    expect(existsSync(kept)).toBe(true);
    await client.completeMultipartUpload('atrium', 'rooms/one/parts', id, made);
    expect(await text(await client.getObject('atrium', 'rooms/one/parts'))).toBe('in parts');
    const given = await parts('rooms/one/given-up');
    await client.abortMultipartUpload('atrium', 'rooms/one/given-up', given.id);
    expect([existsSync(kept), existsSync(given.kept)]).toEqual([false, false]);
  });

  it('takes and gives an object at addresses that were signed', async () => {
    const put = await client.presignedPutObject('atrium', 'rooms/one/presigned', 60);
    expect((await fetch(put, { method: 'PUT', body: 'by address' })).status).toBe(200);
    const got = await fetch(await client.presignedGetObject('atrium', 'rooms/one/presigned', 60), { headers: { range: 'bytes=3-' } });
    expect([got.status, await got.text()]).toEqual([206, 'address']);
  });

  it.each([
    ['GET', '/'],
    ['GET', '/atrium'],
    ['GET', `/atrium/${KEY}`],
    ['HEAD', `/atrium/${KEY}`],
    ['PUT', '/atrium/rooms/one/planted'],
    ['DELETE', `/atrium/${KEY}`],
    ['POST', '/atrium?delete'],
    ['PUT', '/other'],
    ['DELETE', '/..%2fbeside'],
    ['DELETE', '/..%2f..%2fbeside'],
    ['DELETE', '/../beside'],
    ['GET', '/atrium/..%2f..%2fbeside%2fkept'],
    ['OPTIONS', '/atrium'],
  ])('refuses a stranger who sends %s %s', async (method, path) => {
    expect(await send(method, path)).toBe(403);
    expect(existsSync(join(directory, '..', 'beside', 'kept'))).toBe(true);
    expect((await client.statObject('atrium', KEY)).size).toBe(9);
  });

  it.each(['..%2fbeside', 'a%2fb', 'a//b', '/etc/passwd', 'a/../b', './a', 'a%00', 'a\\b', 'a._S3rver_object'])(
    'refuses the key %s, however it is signed',
    async (key) => {
      const address = await client.presignedPutObject('atrium', decodeURIComponent(key), 60);
      const { search, host } = new URL(address);
      expect(await send('PUT', `/atrium/${key}${search}`, { host })).toBe(403);
    },
  );

  it.each([
    ['another key', (address: string) => address.replace(KEY, 'rooms/one/other')],
    ['a longer life', (address: string) => address.replace('X-Amz-Expires=60', 'X-Amz-Expires=6000')],
    ['another signature', (address: string) => address.replace(/Signature=../, 'Signature=00')],
    ['no signature', (address: string) => address.replace(/&X-Amz-Signature=.*/, '')],
    ['one more parameter', (address: string) => `${address}&versionId=1`],
  ])('refuses an address that was changed to %s', async (_what, change) => {
    const address = await client.presignedGetObject('atrium', KEY, 60);
    expect((await fetch(address)).status).toBe(200);
    expect((await fetch(change(address))).status).toBe(403);
  });

  it('refuses an address with another method than it was signed for, or with a header that does something else', async () => {
    const { pathname, search, host } = new URL(await client.presignedPutObject('atrium', 'rooms/one/copy', 60));
    expect(await send('DELETE', pathname + search, { host })).toBe(403);
    expect(await send('PUT', pathname + search, { host, 'x-amz-copy-source': `/atrium/${KEY}` })).toBe(403);
    expect(await send('PUT', pathname + search, { host, 'x-amz-acl': 'public-read' })).toBe(403);
  });

  it('refuses an address whose time has passed', async () => {
    const address = await client.presignedGetObject('atrium', KEY, 60, {}, new Date(Date.now() - 120_000));
    expect((await fetch(address)).status).toBe(403);
  });

  it('refuses other keys', async () => {
    const guess = new Client({
      endPoint: '127.0.0.1',
      port,
      useSSL: false,
      accessKey: 'atrium',
      secretKey: 'guessed',
      region: 'us-east-1',
    });
    await expect(guess.statObject('atrium', KEY)).rejects.toThrow();
    const wellKnown = new Client({
      endPoint: '127.0.0.1',
      port,
      useSSL: false,
      accessKey: 'S3RVER',
      secretKey: 'S3RVER',
      region: 'us-east-1',
    });
    await expect(wellKnown.statObject('atrium', KEY)).rejects.toThrow();
    expect((await fetch(url('/atrium'))).status).toBe(403);
  });
});
