import { RpcClient, type CallOptions } from '@atrium/bus';
import { AppError, files, MAX_FILES_PER_UPLOAD, type FileRecord, type InputOf } from '@atrium/contracts';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Settler } from '../rooms/settler.ts';
import { readFiles } from './multipart.ts';
import { putObject } from './presigned.ts';
import { Spool, type Spooled } from './spool.ts';

type Slot = { fileId: string; putUrl: string; maxBytes: number; openedAt: number };
type Received = { name: string; spooled: Spooled };
type PutFile = InputOf<typeof files.recordUpload>['files'][number];
type Target = {
  roomId: string;
  call: CallOptions;
  idempotencyKey: string | undefined;
  /** For a message that has not been sent. */
  draft: boolean;
  /** Called when the body will be read. */
  begin: () => void;
};

/** An address ends a quarter of an hour after it was opened, and a body may take longer than that to come. */
const FRESH_MS = 60_000;

/** Brings the files of a multipart body into object storage and has them recorded. */
@Injectable()
export class Uploads implements OnApplicationBootstrap {
  private readonly logger = new Logger('uploads');

  constructor(
    private readonly rpc: RpcClient,
    private readonly settler: Settler,
  ) {}

  onApplicationBootstrap(): void {
    Spool.sweep().catch((error: Error) => this.logger.warn(`folders of earlier processes stay: ${error.message}`));
  }

  /** @throws AppError what files refuses with; `file_too_large` as soon as it is known */
  async receive(request: IncomingMessage, target: Target): Promise<FileRecord[]> {
    const { roomId, call, idempotencyKey, draft } = target;
    // Whether the caller may upload at all is known before the first byte is read.
    const first = await this.openSlot(target, announcedBytes(request));
    requireSaneLength(request, first.maxBytes);
    target.begin();
    const spool = await Spool.open();
    try {
      const received = await this.spoolAll(request, spool, first.maxBytes);
      // Not before all of them are here: a request that is refused leaves none of its files behind.
      const uploaded: PutFile[] = [];
      for (const file of received)
        uploaded.push(await this.put(file, uploaded.length === 0 && isFresh(first) ? first : await this.openSlot(target)));
      const recorded = await this.rpc.call(files.recordUpload, { roomId, idempotencyKey, draft, files: uploaded }, untimed(call));
      await this.settler.logged(recorded.facts, call);
      return recorded.files;
    } finally {
      await spool.remove();
    }
  }

  private async openSlot({ roomId, call }: Pick<Target, 'roomId' | 'call'>, announcedBytes = 0): Promise<Slot> {
    const openedAt = Date.now();
    return { ...(await this.rpc.call(files.openUpload, { roomId, announcedBytes }, untimed(call))), openedAt };
  }

  private async spoolAll(request: IncomingMessage, spool: Spool, maxBytes: number): Promise<Received[]> {
    const received: Received[] = [];
    await readFiles(request, mostBytes(maxBytes), async (name, body: Readable) => {
      received.push({ name, spooled: await spool.write(String(received.length), body, maxBytes) });
    });
    if (received.length > 0) return received;
    throw new AppError('validation_failed', 'file: is missing', { errors: [{ path: 'file', message: 'is missing' }] });
  }

  private async put({ name, spooled }: Received, { fileId, putUrl }: Slot): Promise<PutFile> {
    const { size, sha256 } = spooled;
    await putObject(putUrl, spooled.read(), size);
    return { fileId, name, size, sha256 };
  }
}

const isFresh = ({ openedAt }: Slot) => Date.now() - openedAt < FRESH_MS;

/** The body takes as long as the client's line needs; each call still has its own limit. */
const untimed = ({ deadlineAt: _deadlineAt, ...call }: CallOptions): CallOptions => call;

/** As many files of the largest size as one request may have, and what multipart adds. */
const mostBytes = (maxFileBytes: number) => maxFileBytes * MAX_FILES_PER_UPLOAD + 1024 * 1024;

/** How much the files of a request take at least: what multipart adds to them is less than this. */
const announcedBytes = (request: IncomingMessage) => Math.max(0, Number(request.headers['content-length'] ?? 0) - 64 * 1024);

/** Whatever claims to be more cannot fit. */
function requireSaneLength(request: IncomingMessage, maxBytes: number): void {
  if (Number(request.headers['content-length'] ?? 0) > mostBytes(maxBytes))
    throw new AppError('file_too_large', `A file has at most ${maxBytes} bytes`, { maxBytes });
}
