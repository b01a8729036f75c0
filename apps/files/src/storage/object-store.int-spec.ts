import { busConfigOf, cleanUp, onCleanup } from '@atrium/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesConfig } from '../config.ts';
import { withSilenceTimeout } from './silence-timeout.ts';
import { ObjectStore } from './object-store.ts';

/** Answers a request for an object with half of it, and is silent from then on; or silent from the first. */
const half: RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-length': 10, etag: '"x"', 'last-modified': new Date(0).toUTCString() }).write('12345');
};
const silent: RequestListener = () => undefined;

describe('an object store that stops talking', () => {
  let path: string;
  beforeAll(async () => {
    const directory = await mkdtemp(join(tmpdir(), 'object-store-spec-'));
    onCleanup(() => rm(directory, { recursive: true }));
    path = join(directory, 'file');
  });
  afterAll(cleanUp);

  async function aServer(answer: RequestListener): Promise<{ url: string; asked: Promise<void> }> {
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    const server = createServer((incoming, response) => {
      answer(incoming, response);
      resolve();
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onCleanup(() => {
      server.closeAllConnections();
      server.close();
    });
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
  }
  const aStore = (S3_ENDPOINT: string) =>
    new ObjectStore(
      filesConfig.parse({
        ...busConfigOf('files', 'x:1'),
        FILES_DATABASE_URL: 'postgres://x',
        S3_ENDPOINT,
        S3_ACCESS_KEY: 'a',
        S3_SECRET_KEY: 'b',
      }),
      { register: () => undefined },
    );

  it.each([
    ['half of it', half],
    ['nothing', silent],
  ])('lets a download go when it is called off, having sent %s', async (_what, answer) => {
    const { url, asked } = await aServer(answer);
    const off = new AbortController();
    const download = aStore(url).download('key', path, off.signal);
    const ended = expect(download).rejects.toThrow('abort');
    await asked;
    off.abort();
    await ended;
  });

  it('downloads nothing when it was called off before', async () => {
    await expect(aStore('http://127.0.0.1:1').download('key', path, AbortSignal.abort())).rejects.toThrow('abort');
  });

  it.each([
    ['in the middle', half],
    ['before its answer', silent],
  ])('is not waited for when it stops %s', async (_when, answer) => {
    const { url } = await aServer(answer);
    const read = new Promise((resolve, reject) => {
      const asking = withSilenceTimeout(request, 50)(
        { port: new URL(url).port },
        (response) => void response.resume().on('end', resolve).on('error', reject),
      );
      asking.on('error', reject).end();
    });
    await expect(read).rejects.toThrow();
  });

  it('fails who finishes an upload, soon enough to say so', async () => {
    const store = aStore((await aServer(silent)).url);
    const before = performance.now();
    await expect(store.findSize('key')).rejects.toThrow('silent');
    await expect(aStore((await aServer(half)).url).readHead('key', 10)).rejects.toThrow();
    expect(performance.now() - before).toBeLessThan(5000);
  });
});
