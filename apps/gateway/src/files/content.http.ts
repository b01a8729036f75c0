import { RpcClient, type CallOptions } from '@atrium/bus';
import { AppError, files, type OutputOf } from '@atrium/contracts';
import { Controller, Query, Req, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { z } from 'zod';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { FileId, RoomId } from '../http/ids.ts';
import { contentDisposition, namesTag, parseRange, type ByteRange } from './content-headers.ts';
import { getObject } from './presigned.ts';

const ContentQuery = z.object({ inline: z.enum(['0', '1']).default('0') });
type Content = OutputOf<typeof files.openContent>;

/** Whatever is in the file, it may not run, load or be framed. */
const UPLOADED_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'";

@Controller()
export class ContentHttp {
  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('GET /api/rooms/:roomId/files/:fileId/content', {
    scope: 'files:read',
    summary: 'The bytes of a file; with Range and ETag. Its own type with `inline=1` where that is safe to show',
    produces: '*/*',
    also: { 206: { means: 'The range asked for' }, 304: { means: 'The client has this version', reply: null } },
    codes: [...files.openContent.codes, 'range_not_satisfiable'],
  })
  async content(
    @RoomId() roomId: string,
    @FileId() fileId: string,
    @Query({ schema: ContentQuery }) { inline }: z.output<typeof ContentQuery>,
    @Caller() call: CallOptions,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const content = await this.rpc.call(files.openContent, { roomId, fileId }, call);
    const { size } = content.file;
    const etag = `"${content.file.sha256}"`;
    void reply.headers({
      etag,
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-cache',
      'content-security-policy': UPLOADED_POLICY,
    });
    if (namesTag(request.headers['if-none-match'], etag)) return void reply.code(304);
    const range = rangeOf(request, etag, size);
    if (range === 'unsatisfiable') {
      void reply.header('content-range', `bytes */${size}`);
      throw new AppError('range_not_satisfiable');
    }
    describe(reply, content, inline === '1');
    if (range !== 'whole') void reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${size}`);
    const length = range === 'whole' ? size : range.end - range.start + 1;
    void reply.header('content-length', String(length));
    // A HEAD needs no bytes; an empty stream, unlike an empty text, leaves the length as it was told.
    if (request.method === 'HEAD' || length === 0) return new StreamableFile(Readable.from([]));
    return new StreamableFile(await getObject(content.getUrl, range === 'whole' ? undefined : `bytes=${range.start}-${range.end}`));
  }
}

/** `If-Range` with another tag means that the client's first half is of another file: it gets the whole. */
function rangeOf(request: FastifyRequest, etag: string, size: number): ByteRange | 'whole' | 'unsatisfiable' {
  const condition = request.headers['if-range'];
  if (condition !== undefined && condition !== etag) return 'whole';
  return parseRange(request.headers.range, size);
}

/** Shown in the page only as a type that files calls safe; otherwise a download of no type in particular. */
function describe(reply: FastifyReply, { file, inlineType }: Content, inline: boolean): void {
  const shown = inline && inlineType !== null;
  void reply.headers({
    'content-type': shown ? inlineType : 'application/octet-stream',
    'content-disposition': contentDisposition(shown ? 'inline' : 'attachment', file.name),
  });
}
