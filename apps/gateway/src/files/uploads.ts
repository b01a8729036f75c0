import { RpcClient, type CallOptions } from '@atrium/bus';
import { AppError, files, type FileRecord } from '@atrium/contracts';
import { Injectable, Logger } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Settler } from '../rooms/settler.ts';
import { readFiles } from './multipart.ts';
import { putObject } from './presigned.ts';
import { Spool, type Spooled } from './spool.ts';

type Slot = { fileId: string; putUrl: string; maxBytes: number };
type Received = { name: string; spooled: Spooled };
type Target = { roomId: string; call: CallOptions; openSlots: Slot[] };

/** What files says of a place that was swept or given up, or that holds something else. */
const STALE = new Set<string>(['file_not_found', 'validation_failed']);

/** Brings the files of a multipart body into object storage and has them recorded. */
@Injectable()
export class Uploads {
  private readonly logger = new Logger('uploads');

  constructor(
    private readonly rpc: RpcClient,
    private readonly settler: Settler,
  ) {}

  /**
   * @param placed where the files of an earlier attempt lie; filled in with where those of this one do. What is recorded
   * at one place is recorded once, however often it is tried.
   * @throws AppError what files refuses with; `file_too_large` as soon as it is known
   */
  async receive(roomId: string, request: IncomingMessage, call: CallOptions, placed: string[] = []): Promise<FileRecord[]> {
    // Whether the caller may upload at all is known before the first byte is read.
    const first = await this.openSlot(roomId, call);
    requireSaneLength(request, first.maxBytes);
    const spool = await Spool.open();
    const received: Received[] = [];
    try {
      await readFiles(request, async (name, body: Readable) => {
        received.push({ name, spooled: await spool.write(String(received.length), body, first.maxBytes) });
      });
      if (received.length === 0) {
        const errors = [{ path: 'file', message: 'is missing' }];
        throw new AppError('validation_failed', 'file: is missing', { errors });
      }
      // Not before all of them are here: a request that is refused leaves none of its files behind.
      const target = { roomId, call, openSlots: [first] };
      for (const [index, file] of received.entries()) placed[index] ??= await this.place(file, target);
      return await this.recordAll(received, placed, target);
    } finally {
      await spool.remove();
    }
  }

  private openSlot(roomId: string, call: CallOptions): Promise<Slot> {
    return this.rpc.call(files.openUpload, { roomId }, untimed(call));
  }

  private async place({ spooled }: Received, { roomId, call, openSlots }: Target): Promise<string> {
    const { fileId, putUrl } = openSlots.pop() ?? (await this.openSlot(roomId, call));
    await putObject(putUrl, spooled.read(), spooled.size);
    return fileId;
  }

  private async recordAll(received: readonly Received[], placed: string[], target: Target): Promise<FileRecord[]> {
    const recorded: FileRecord[] = [];
    try {
      for (const [index, file] of received.entries()) {
        const record = await this.record(file, placed[index]!, target).catch(async (error: unknown) => {
          if (!STALE.has(AppError.from(error).code)) throw error;
          placed[index] = await this.place(file, target);
          return this.record(file, placed[index], target);
        });
        recorded.push(record);
      }
      return recorded;
    } catch (error) {
      // The one that failed may have been recorded without our hearing of it.
      await this.takeBack(placed.slice(0, recorded.length + 1), target);
      throw error;
    }
  }

  private async record({ name, spooled }: Received, fileId: string, { roomId, call }: Target): Promise<FileRecord> {
    const { size, sha256 } = spooled;
    const { file, eventId } = await this.rpc.call(files.finishUpload, { roomId, fileId, name, size, sha256 }, untimed(call));
    await this.settler.logged(eventId, call);
    return file;
  }

  /** All of an upload or nothing. What cannot be taken back now is found in its place when the upload is repeated. */
  private async takeBack(fileIds: readonly string[], { roomId, call }: Target): Promise<void> {
    for (const fileId of fileIds) {
      try {
        await this.rpc.call(files.remove, { roomId, fileId }, untimed(call));
      } catch (error) {
        if (AppError.from(error).code === 'file_not_found') continue;
        this.logger.warn({ msg: 'a file of a refused upload stays', roomId, fileId, requestId: call.requestId, reason: (error as Error).message });
      }
    }
  }
}

/** The body takes as long as the client's line needs; each call still has its own limit. */
const untimed = ({ deadlineAt: _deadlineAt, ...call }: CallOptions): CallOptions => call;

/** Ten files of the largest size, and what multipart adds: whatever claims to be more cannot fit. */
function requireSaneLength(request: IncomingMessage, maxBytes: number): void {
  const length = Number(request.headers['content-length'] ?? 0);
  if (length > maxBytes * 10 + 1024 * 1024) throw new AppError('file_too_large', `A file has at most ${maxBytes} bytes`, { maxBytes });
}
