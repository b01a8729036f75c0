import { RpcClient, type CallOptions } from '@atrium/bus';
import { Excerpt, files } from '@atrium/contracts';
import { Controller, Req, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { FileId, RoomId } from '../http/ids.ts';
import { namesTag } from './content-headers.ts';

/** What a file looks like hardly changes; whoever loses the room keeps what they saw for so long, in their own browser. */
const FOR_AN_HOUR = 'private, max-age=3600';

@Controller()
export class FilePreviewsHttp {
  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('GET /api/rooms/:roomId/files/:fileId/excerpt', {
    scope: 'files:read',
    summary: 'How the text of a file begins',
    reply: Excerpt,
    codes: files.excerpt.codes,
  })
  excerpt(@RoomId() roomId: string, @FileId() fileId: string, @Caller() call: CallOptions) {
    return this.rpc.call(files.excerpt, { roomId, fileId }, call);
  }

  @Endpoint('GET /api/rooms/:roomId/files/:fileId/preview', {
    scope: 'files:read',
    summary: 'A small picture of an image, or of the first page of a PDF',
    produces: 'image/webp',
    also: { 204: { means: 'There is none, or none yet', reply: null }, 304: { means: 'The client has this version', reply: null } },
    codes: files.preview.codes,
  })
  async preview(
    @RoomId() roomId: string,
    @FileId() fileId: string,
    @Caller() call: CallOptions,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const { webp } = await this.rpc.call(files.preview, { roomId, fileId }, call);
    if (webp === null) return void reply.code(204);
    const picture = Buffer.from(webp, 'base64');
    const etag = `"${createHash('sha256').update(picture).digest('base64url').slice(0, 22)}"`;
    void reply.headers({ etag, 'cache-control': FOR_AN_HOUR });
    if (namesTag(request.headers['if-none-match'], etag)) return void reply.code(304);
    return new StreamableFile(picture, { type: 'image/webp', length: picture.length });
  }
}
