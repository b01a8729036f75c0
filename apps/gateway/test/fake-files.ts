import { files, type FileRecord } from '@atrium/contracts';
import { onCleanup, type TestBus } from '@atrium/testing';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { v7 as uuidv7 } from 'uuid';

export const MAX_BYTES = 200_000;

/** Object storage as small as it can be: bytes by path, lengths required, ranges served. */
async function aStore(): Promise<{ url: string; objects: Map<string, Buffer> }> {
  const objects = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const path = request.url!;
    if (request.method === 'PUT') {
      const chunks: Buffer[] = [];
      request
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => {
          objects.set(path, Buffer.concat(chunks));
          response.writeHead(request.headers['content-length'] ? 200 : 411).end();
        });
      return;
    }
    const range = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '');
    const object = objects.get(path)!;
    if (range) response.writeHead(206).end(object.subarray(Number(range[1]), Number(range[2]) + 1));
    else response.writeHead(200).end(object);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onCleanup(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, objects };
}

/** The files service as small as it can be: what is recorded with a key is answered again with it. */
export class FakeFiles {
  readonly records = new Map<string, FileRecord>();
  /** The addresses that were handed out. */
  readonly opened: string[] = [];
  afterOpening: (() => void) | undefined;
  beforeRecording: (() => void) | undefined;
  private readonly answered = new Map<string, FileRecord[]>();

  private constructor(readonly store: Awaited<ReturnType<typeof aStore>>) {}

  static async start(bus: TestBus): Promise<FakeFiles> {
    const fake = new FakeFiles(await aStore());
    const { records, answered, store } = fake;
    bus.answer(files.openUpload, () => {
      const fileId = uuidv7();
      fake.opened.push(fileId);
      fake.afterOpening?.();
      return { fileId, putUrl: `${store.url}/${fileId}`, maxBytes: MAX_BYTES };
    });
    bus.answer(files.recordUpload, ({ roomId, idempotencyKey, files: uploaded }, { actorId }) => {
      fake.beforeRecording?.();
      const known = answered.get(idempotencyKey ?? '');
      if (known) return { files: known, facts: [], eventIds: [] };
      const createdAt = new Date().toISOString();
      const common = { roomId, uploaderId: actorId!, contentType: 'image/png', version: 1, status: 'stored' as const, createdAt };
      const recorded = uploaded.map(({ fileId, ...file }) => ({ id: fileId, ...file, ...common }));
      for (const file of recorded) records.set(file.id, file);
      if (idempotencyKey !== undefined) answered.set(idempotencyKey, recorded);
      return { files: recorded, facts: [], eventIds: [] };
    });
    bus.answer(files.openContent, ({ fileId }) => ({
      file: records.get(fileId)!,
      getUrl: `${store.url}/${fileId}`,
      inlineType: 'image/png',
    }));
    await bus.bus.connection.flush();
    return fake;
  }
}
