import { RpcClient, type CallOptions } from '@atrium/bus';
import { Message, messages } from '@atrium/contracts';
import { Controller, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { MessageId, PreviewId, RoomId } from '../http/ids.ts';

/** An address is never used for another picture; whoever leaves the room asks again. */
const FOR_A_DAY = 'private, max-age=86400, immutable';

/** What messages show of the pages they link to. */
@Controller()
export class PreviewsHttp {
  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('GET /api/rooms/:roomId/messages/:messageId/previews/:previewId/image', {
    scope: 'messages:read',
    summary: 'The picture of a page that a message links to, as this server keeps it',
    produces: 'image/webp',
    codes: messages.previewImage.codes,
  })
  async image(
    @RoomId() roomId: string,
    @MessageId() messageId: string,
    @PreviewId() previewId: string,
    @Caller() call: CallOptions,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { webp } = await this.rpc.call(messages.previewImage, { roomId, messageId, previewId }, call);
    void reply.header('cache-control', FOR_A_DAY);
    return new StreamableFile(Buffer.from(webp, 'base64'), { type: 'image/webp' });
  }

  @Endpoint('DELETE /api/rooms/:roomId/messages/:messageId/previews', {
    scope: 'messages:write',
    summary: 'Show nothing of what a message links to: by its author, or a moderator',
    reply: Message,
    codes: messages.removePreviews.codes,
  })
  remove(@RoomId() roomId: string, @MessageId() messageId: string, @Caller() call: CallOptions) {
    return this.rpc.call(messages.removePreviews, { roomId, messageId }, call);
  }
}
