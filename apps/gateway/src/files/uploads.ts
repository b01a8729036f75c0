import { RpcClient, type CallOptions } from '@atrium/bus';
import { AppError, files, type FileRecord } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Settler } from '../rooms/settler.ts';
import { readFiles } from './multipart.ts';
import { putObject } from './presigned.ts';
import { Spool, type Spooled } from './spool.ts';

type Slot = { fileId: string; putUrl: string; maxBytes: number };
type Received = { name: string; spooled: Spooled };

/** Brings the files of a multipart body into object storage and has them recorded. */
@Injectable()
export class Uploads {
  constructor(
    private readonly rpc: RpcClient,
    private readonly settler: Settler,
  ) {}

  /** @throws AppError what files refuses with; `file_too_large` as soon as it is known */
  async receive(roomId: string, request: IncomingMessage, call: CallOptions): Promise<FileRecord[]> {
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
      const recorded: FileRecord[] = [];
      for (const file of received) {
        const slot = recorded.length === 0 ? first : await this.openSlot(roomId, call);
        recorded.push(await this.store(roomId, slot, file, call));
      }
      return recorded;
    } finally {
      await spool.remove();
    }
  }

  private openSlot(roomId: string, call: CallOptions): Promise<Slot> {
    return this.rpc.call(files.openUpload, { roomId }, untimed(call));
  }

  private async store(roomId: string, slot: Slot, { name, spooled }: Received, call: CallOptions): Promise<FileRecord> {
    await putObject(slot.putUrl, spooled.read(), spooled.size);
    const { size, sha256 } = spooled;
    const { file, eventId } = await this.rpc.call(files.finishUpload, { roomId, fileId: slot.fileId, name, size, sha256 }, untimed(call));
    await this.settler.logged(eventId, call);
    return file;
  }
}

/** The body takes as long as the client's line needs; each call still has its own limit. */
const untimed = ({ deadlineAt: _deadlineAt, ...call }: CallOptions): CallOptions => call;

/** Ten files of the largest size, and what multipart adds: whatever claims to be more cannot fit. */
function requireSaneLength(request: IncomingMessage, maxBytes: number): void {
  const length = Number(request.headers['content-length'] ?? 0);
  if (length > maxBytes * 10 + 1024 * 1024) throw new AppError('file_too_large', `A file has at most ${maxBytes} bytes`, { maxBytes });
}
