import { RpcClient, type CallOptions } from '@atrium/bus';
import { AppError, DeletionReason, Message, files, messages } from '@atrium/contracts';
import { Body, Controller, Query } from '@nestjs/common';
import { z } from 'zod';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { MessageId, RoomId } from '../http/ids.ts';
import { Settler } from '../rooms/settler.ts';

const EditBody = messages.edit.input.omit({ roomId: true, messageId: true });
const RemoveBody = z.object({ reason: DeletionReason.optional() });
const RemoveQuery = RemoveBody.extend({ files: z.enum(['true', 'false']).default('false') });

/** What happens to a message after it was sent. */
@Controller()
export class ChangesHttp {
  constructor(
    private readonly rpc: RpcClient,
    private readonly settler: Settler,
  ) {}

  @Endpoint('PATCH /api/rooms/:roomId/messages/:messageId', {
    scope: 'messages:write',
    summary: 'Edit one’s own message',
    reply: Message,
    // As for sending: what is too long should be told so as a message.
    bodyKiB: 256,
    codes: messages.edit.codes,
  })
  edit(
    @RoomId() roomId: string,
    @MessageId() messageId: string,
    @Body({ schema: EditBody }) body: z.output<typeof EditBody>,
    @Caller() call: CallOptions,
  ) {
    return this.rpc.call(messages.edit, { ...body, roomId, messageId }, call);
  }

  @Endpoint('GET /api/rooms/:roomId/messages/:messageId/versions', {
    scope: 'messages:read',
    summary: 'What a message said before it was edited, the first version first',
    reply: messages.versions.output,
    codes: messages.versions.codes,
  })
  versions(@RoomId() roomId: string, @MessageId() messageId: string, @Caller() call: CallOptions) {
    return this.rpc.call(messages.versions, { roomId, messageId }, call);
  }

  @Endpoint('DELETE /api/rooms/:roomId/messages/:messageId', {
    scope: 'messages:write',
    summary: 'Delete a message: one’s own, or as a moderator with a reason, in the body or the query; with `files=true` its files, too',
    codes: messages.remove.codes,
  })
  async remove(
    @RoomId() roomId: string,
    @MessageId() messageId: string,
    @Query({ schema: RemoveQuery }) query: z.output<typeof RemoveQuery>,
    @Body({ schema: RemoveBody }) body: z.output<typeof RemoveBody>,
    @Caller() call: CallOptions,
  ): Promise<void> {
    const reason = body.reason ?? query.reason;
    const { fileIds } = await this.rpc.call(messages.remove, { roomId, messageId, reason }, call);
    if (query.files === 'true') for (const fileId of fileIds) await this.removeFile(roomId, fileId, call);
  }

  /** A file that is gone already is what was asked for; one that somebody else uploaded is not the author's to delete. */
  private async removeFile(roomId: string, fileId: string, call: CallOptions): Promise<void> {
    try {
      const { fact } = await this.rpc.call(files.remove, { roomId, fileId }, call);
      await this.settler.logged([fact], call);
    } catch (error) {
      if (!['file_not_found', 'forbidden'].includes(AppError.from(error).code)) throw error;
    }
  }
}
