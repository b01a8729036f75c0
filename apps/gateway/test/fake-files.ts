import { AppError, files, type FileRecord } from '@atrium/contracts';
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
      request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
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

/** The files service as small as it can be: files recorded once, taken away for good. */
export class FakeFiles {
  readonly records = new Map<string, FileRecord>();
  /** What refuses a file that is to be recorded, or one that is to be removed. */
  beforeRecording: ((name: string) => void) | undefined;
  beforeRemoving: (() => void) | undefined;
  private readonly removed = new Set<string>();

  private constructor(readonly store: Awaited<ReturnType<typeof aStore>>) {}

  static async start(bus: TestBus): Promise<FakeFiles> {
    const fake = new FakeFiles(await aStore());
    const { records, removed, store } = fake;
    bus.answer(files.openUpload, () => {
      const fileId = uuidv7();
      return { fileId, putUrl: `${store.url}/${fileId}`, maxBytes: MAX_BYTES };
    });
    bus.answer(files.finishUpload, ({ roomId, fileId, name, size, sha256 }, { actorId }) => {
      fake.beforeRecording?.(name);
      if (removed.has(fileId)) throw new AppError('file_not_found');
      const createdAt = new Date().toISOString();
      const fresh = { id: fileId, roomId, uploaderId: actorId!, name, contentType: 'image/png', size, sha256, version: 1, status: 'stored' as const, createdAt };
      const file = records.get(fileId) ?? fresh;
      records.set(fileId, file);
      return { file, eventId: null };
    });
    bus.answer(files.remove, ({ fileId }) => {
      fake.beforeRemoving?.();
      if (!records.delete(fileId)) throw new AppError('file_not_found');
      removed.add(fileId);
      return { eventId: null };
    });
    bus.answer(files.openContent, ({ fileId }) => ({ file: records.get(fileId)!, getUrl: `${store.url}/${fileId}`, inlineType: 'image/png' }));
    await bus.bus.connection.flush();
    return fake;
  }
}
