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
    let slot: Slot | undefined = await this.openSlot(roomId, call);
    requireSaneLength(request, slot.maxBytes);
    const spool = await Spool.open();
    const recorded: FileRecord[] = [];
    try {
      const count = await readFiles(request, async (name, body: Readable) => {
        const current = slot ?? (await this.openSlot(roomId, call));
        slot = undefined;
        const spooled = await spool.write(current.fileId, body, current.maxBytes);
        recorded.push(await this.store(roomId, current, { name, spooled }, call));
      });
      if (count === 0) {
        const errors = [{ path: 'file', message: 'is missing' }];
        throw new AppError('validation_failed', 'file: is missing', { errors });
      }
      return recorded;
    } finally {
      await spool.remove();
    }
  }

  private openSlot(roomId: string, call: CallOptions): Promise<Slot> {
    return this.rpc.call(files.openUpload, { roomId }, untimed(call));
  }

  private async store(roomId: string, slot: Slot, { name, spooled }: { name: string; spooled: Spooled }, call: CallOptions): Promise<FileRecord> {
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
