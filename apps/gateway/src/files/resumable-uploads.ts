import { RpcClient, type CallOptions } from '@atrium/bus';
import { AppError, files, type OutputOf, type ResumableUpload } from '@atrium/contracts';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Settler } from '../rooms/settler.ts';
import { piecesOf, type Piece } from './pieces.ts';
import { getObject, putObject } from './presigned.ts';
import { Spool } from './spool.ts';

type Place = { roomId: string; uploadId: string };
type Going = Place & {
  offset: number;
  call: CallOptions;
  /** Called when the body will be read. */
  begin: () => void;
};
type Resumed = OutputOf<typeof files.resumeUpload>;

/** What is lost at most when this process dies, and what one request to the store carries. */
const PIECE_BYTES = 8 * 1024 * 1024;

/** Brings the bytes of an upload into object storage as they come, and has the file recorded once all are there. */
@Injectable()
export class ResumableUploads {
  constructor(
    private readonly rpc: RpcClient,
    private readonly settler: Settler,
  ) {}

  async create(input: { roomId: string; name: string; size: number; draft: boolean }, call: CallOptions): Promise<ResumableUpload> {
    const upload = await this.rpc.call(files.createUpload, input, call);
    // Nothing more comes of it.
    return upload.size === 0 ? this.finish({ roomId: input.roomId, uploadId: upload.id }, call) : upload;
  }

  /** Where it stands. An upload that is here, and was left before it became a file, becomes one now. */
  async find(place: Place, call: CallOptions): Promise<ResumableUpload> {
    const upload = await this.rpc.call(files.findUpload, place, call);
    return upload.offset < upload.size || upload.recorded ? upload : this.finish(place, untimed(call));
  }

  /** Takes what comes, keeps it, and says how far that is. */
  async receive(request: IncomingMessage, { offset, begin, call: timed, ...place }: Going): Promise<ResumableUpload> {
    const call = untimed(timed);
    const resumed = await this.rpc.call(files.resumeUpload, place, call);
    requireNext(request, resumed, offset);
    begin();
    const upload = await this.keepAll(request, resumed, { place, call });
    return upload.offset < upload.size ? upload : this.finish(place, call);
  }

  private async keepAll(
    request: IncomingMessage,
    resumed: Resumed,
    { place, call }: { place: Place; call: CallOptions },
  ): Promise<ResumableUpload> {
    const { rest, size, offset } = resumed;
    let upload: ResumableUpload = resumed;
    const spool = await Spool.open();
    try {
      const kept = rest && { size: rest.size, read: () => getObject(rest.getUrl, undefined) };
      for await (const piece of piecesOf(request, { spool, rest: kept, left: size - offset, pieceBytes: PIECE_BYTES }))
        upload = await this.keep(piece, { ...place, offset: upload.offset }, call);
      return upload;
    } catch (error) {
      // The client may finish talking for a while, so that it hears our answer instead of a broken line.
      request.resume();
      throw error;
    } finally {
      await spool.remove();
    }
  }

  private async keep({ size, newBytes, read }: Piece, at: Place & { offset: number }, call: CallOptions): Promise<ResumableUpload> {
    const bytes = { ...at, bytes: newBytes };
    const { piece, putUrl } = await this.rpc.call(files.openPiece, bytes, call);
    const etag = await putObject(putUrl, read(), size).catch(async (error: unknown) => {
      // Whatever keeps this from being heard: its space comes back a little later.
      await this.rpc.call(files.dropPiece, { roomId: at.roomId, uploadId: at.uploadId, piece }, call).catch(() => undefined);
      throw error;
    });
    return this.rpc.call(files.recordPiece, { ...bytes, piece, etag }, call);
  }

  /** The hash is of what lies in the store, whichever instances brought it there. */
  private async finish(place: Place, call: CallOptions): Promise<ResumableUpload> {
    const { roomId, uploadId } = place;
    const { getUrl, draft, ...file } = await this.rpc.call(files.assembleUpload, place, call);
    const hash = createHash('sha256');
    await pipeline(await getObject(getUrl, undefined), hash);
    const put = { ...file, sha256: hash.digest('hex') };
    const { facts } = await this.rpc.call(files.recordUpload, { roomId, draft, files: [put] }, call);
    await this.settler.logged(facts, call);
    return this.rpc.call(files.findUpload, { roomId, uploadId }, call);
  }
}

/** The body takes as long as the client's line needs; each call still has its own limit. */
const untimed = ({ deadlineAt: _deadlineAt, ...call }: CallOptions): CallOptions => call;

function requireNext({ headers }: IncomingMessage, { offset, size }: Resumed, given: number): void {
  if (given !== offset) throw new AppError('upload_offset_conflict', `${offset} bytes are here. Go on from there.`, { offset });
  if (Number(headers['content-length'] ?? 0) > size - offset)
    throw new AppError('payload_too_large', `The upload was announced with ${size} bytes, ${offset} of which are here.`);
}
