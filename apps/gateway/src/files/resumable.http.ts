import { RpcClient, type CallOptions } from '@atrium/bus';
import { files, ResumableUpload, type ErrorCode } from '@atrium/contracts';
import { Controller, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { continueIfAsked } from '../auth/admission.ts';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { RoomId, UploadId } from '../http/ids.ts';
import { ResumableUploads } from './resumable-uploads.ts';
import { bytesIn, metadataIn, requireTus, tellState, TUS_EXTENSIONS, TUS_VERSION } from './tus.ts';

const finishing: readonly ErrorCode[] = [...files.assembleUpload.codes, ...files.recordUpload.codes];

/** Uploads that go on after a broken line, by the protocol tus 1.0.0 (https://tus.io). */
@Controller()
export class ResumableHttp {
  constructor(
    private readonly rpc: RpcClient,
    private readonly uploads: ResumableUploads,
  ) {}

  @Endpoint('OPTIONS /api/rooms/:roomId/uploads', { public: true, summary: 'Which version of tus is spoken, and which of its extensions' })
  options(@Res({ passthrough: true }) reply: FastifyReply): void {
    void reply.headers({ 'tus-resumable': TUS_VERSION, 'tus-version': TUS_VERSION, 'tus-extension': TUS_EXTENSIONS });
  }

  @Endpoint('POST /api/rooms/:roomId/uploads', {
    scope: 'files:write',
    summary:
      'Begin an upload that may come in several requests (tus). `Upload-Length` says how many bytes; `Upload-Metadata` has the `filename` and, for a message to come, `draft` (`1`), in base64. `Location` is where the bytes go; its id becomes that of the file',
    status: 201,
    headers: ['Tus-Resumable', 'Upload-Length', 'Upload-Metadata'],
    codes: ['unsupported_tus_version', ...files.createUpload.codes, ...finishing],
  })
  async create(
    @RoomId() roomId: string,
    @Caller() call: CallOptions,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    requireTus(request, reply);
    const upload = await this.uploads.create({ roomId, size: bytesIn(request, 'Upload-Length'), ...metadataIn(request) }, call);
    tellState(reply, upload);
    void reply.header('location', `/api/rooms/${roomId}/uploads/${upload.id}`);
  }

  @Endpoint('GET /api/rooms/:roomId/uploads/:uploadId', {
    scope: 'files:write',
    summary: 'How far an upload has come; also by HEAD, whose `Upload-Offset` says it',
    reply: ResumableUpload,
    codes: ['unsupported_tus_version', ...files.findUpload.codes, ...finishing],
  })
  async find(
    @RoomId() roomId: string,
    @UploadId() uploadId: string,
    @Caller() call: CallOptions,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ResumableUpload> {
    if (request.method === 'HEAD') requireTus(request, reply);
    const upload = await this.uploads.find({ roomId, uploadId }, call);
    tellState(reply, upload);
    return upload;
  }

  @Endpoint('PATCH /api/rooms/:roomId/uploads/:uploadId', {
    scope: 'files:write',
    summary: 'Bytes of an upload, from `Upload-Offset` on. With the last of them it is a file of the room',
    bytes: true,
    headers: ['Tus-Resumable', 'Upload-Offset'],
    codes: ['unsupported_tus_version', ...files.openPiece.codes, ...finishing],
  })
  async receive(
    @RoomId() roomId: string,
    @UploadId() uploadId: string,
    @Caller() call: CallOptions,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    requireTus(request, reply);
    const begin = () => continueIfAsked(request, reply);
    const offset = bytesIn(request, 'Upload-Offset');
    tellState(reply, await this.uploads.receive(request.raw, { roomId, uploadId, offset, call, begin }));
  }

  @Endpoint('DELETE /api/rooms/:roomId/uploads/:uploadId', {
    scope: 'files:write',
    headers: ['Tus-Resumable'],
    summary: 'Give up an upload that is no file yet',
    codes: ['unsupported_tus_version', ...files.removeUpload.codes],
  })
  async remove(
    @RoomId() roomId: string,
    @UploadId() uploadId: string,
    @Caller() call: CallOptions,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    requireTus(request, reply);
    await this.rpc.call(files.removeUpload, { roomId, uploadId }, call);
  }
}
