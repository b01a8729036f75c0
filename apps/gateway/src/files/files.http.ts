import { RpcClient, type CallOptions } from '@atrium/bus';
import { FileRecord, TextPage, files, listOf } from '@atrium/contracts';
import { Controller, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { continueIfAsked } from '../auth/admission.ts';
import { Caller, IdempotencyKey } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { FileId, RoomId } from '../http/ids.ts';
import { Settler } from '../rooms/settler.ts';
import { Uploads } from './uploads.ts';

const ListQuery = files.list.input.omit({ roomId: true });
const UploadQuery = z.object({
  draft: z
    .enum(['0', '1'])
    .default('0')
    .meta({ description: 'For a message to come: nobody else sees the files until one is sent with their ids' }),
});
const Uploaded = z.object({ items: z.array(FileRecord) });
const Text = z.object({ pages: z.array(TextPage) });

@Controller()
export class FilesHttp {
  constructor(
    private readonly rpc: RpcClient,
    private readonly uploads: Uploads,
    private readonly settler: Settler,
  ) {}

  @Endpoint('GET /api/rooms/:roomId/files', {
    scope: 'files:read',
    summary: 'The room’s files',
    reply: listOf(FileRecord),
    codes: files.list.codes,
  })
  list(@RoomId() roomId: string, @Query({ schema: ListQuery }) query: z.output<typeof ListQuery>, @Caller() call: CallOptions) {
    return this.rpc.call(files.list, { ...query, roomId }, call);
  }

  @Endpoint('POST /api/rooms/:roomId/files', {
    scope: 'files:write',
    summary: 'Upload files in the field "file", several if you like',
    reply: Uploaded,
    status: 201,
    multipart: true,
    idempotencyKey: true,
    codes: files.recordUpload.codes,
  })
  async upload(
    @RoomId() roomId: string,
    @Query({ schema: UploadQuery }) { draft }: z.output<typeof UploadQuery>,
    @IdempotencyKey() idempotencyKey: string | undefined,
    @Caller() call: CallOptions,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<z.output<typeof Uploaded>> {
    const begin = () => continueIfAsked(request, reply);
    return { items: await this.uploads.receive(request.raw, { roomId, call, idempotencyKey, draft: draft === '1', begin }) };
  }

  @Endpoint('GET /api/rooms/:roomId/files/:fileId', {
    scope: 'files:read',
    summary: 'One file and its status',
    reply: FileRecord,
    codes: files.get.codes,
  })
  get(@RoomId() roomId: string, @FileId() fileId: string, @Caller() call: CallOptions) {
    return this.rpc.call(files.get, { roomId, fileId }, call);
  }

  @Endpoint('GET /api/rooms/:roomId/files/:fileId/text', {
    scope: 'files:read',
    summary: 'The extracted text by page',
    reply: Text,
    codes: files.text.codes,
  })
  async text(@RoomId() roomId: string, @FileId() fileId: string, @Caller() call: CallOptions): Promise<z.output<typeof Text>> {
    const pages: z.output<typeof TextPage>[] = [];
    let afterPage: number | null = 0;
    while (afterPage !== null) {
      const portion: z.output<typeof files.text.output> = await this.rpc.call(files.text, { roomId, fileId, afterPage }, call);
      pages.push(...portion.pages);
      afterPage = portion.nextAfterPage;
    }
    return { pages };
  }

  @Endpoint('POST /api/rooms/:roomId/files/:fileId/retry', {
    scope: 'files:write',
    summary: 'Extract the text again',
    reply: FileRecord,
    codes: files.retry.codes,
  })
  async retry(@RoomId() roomId: string, @FileId() fileId: string, @Caller() call: CallOptions): Promise<FileRecord> {
    const { file, fact } = await this.rpc.call(files.retry, { roomId, fileId }, call);
    await this.settler.logged([fact], call);
    return file;
  }

  @Endpoint('DELETE /api/rooms/:roomId/files/:fileId', {
    scope: 'files:write',
    summary: 'Delete bytes, text and index of a file',
    codes: files.remove.codes,
  })
  async remove(@RoomId() roomId: string, @FileId() fileId: string, @Caller() call: CallOptions): Promise<void> {
    const { fact } = await this.rpc.call(files.remove, { roomId, fileId }, call);
    await this.settler.logged([fact], call);
  }
}
