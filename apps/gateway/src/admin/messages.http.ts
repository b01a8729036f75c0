import { RpcClient, type CallOptions } from '@atrium/bus';
import { AdminMessage, AdminReason, DeletedMessage, accounts, listOf, messages, rooms, type OutputOf } from '@atrium/contracts';
import { Body, Controller, Query } from '@nestjs/common';
import { z } from 'zod';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { MessageId } from '../http/ids.ts';
import { ReasonAnywhere, requireReason } from './reason.ts';

const MessagesQuery = messages.adminMessages.input;
const DeletedQuery = z.object({ reason: AdminReason });
/** With the names by which people know room and author; null for what is there no more. */
const NamedMessage = AdminMessage.extend({ roomName: z.string().nullable(), authorUsername: z.string().nullable() });

/** What admins do with messages. */
@Controller()
export class AdminMessagesHttp {
  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('GET /api/admin/messages', {
    scope: 'admin',
    summary:
      'Messages of every room, newest first, by room, author, text and time; admins only. What is said in rooms of others is shown with a `reason`, which they are told',
    reply: listOf(NamedMessage),
    codes: messages.adminMessages.codes,
  })
  async list(@Query({ schema: MessagesQuery }) query: z.output<typeof MessagesQuery>, @Caller() call: CallOptions) {
    const { items, nextCursor } = await this.rpc.call(messages.adminMessages, query, call);
    return { items: await this.named(items, call), nextCursor };
  }

  @Endpoint('DELETE /api/admin/messages/:messageId', {
    scope: 'admin',
    summary: 'Delete a message, with a reason in the body or the query that its room reads; admins only',
    codes: messages.adminRemoveMessage.codes,
  })
  async remove(
    @MessageId() messageId: string,
    @Query({ schema: ReasonAnywhere }) query: z.output<typeof ReasonAnywhere>,
    @Body({ schema: ReasonAnywhere }) body: z.output<typeof ReasonAnywhere>,
    @Caller() call: CallOptions,
  ): Promise<void> {
    await this.rpc.call(messages.adminRemoveMessage, { messageId, reason: requireReason(body, query) }, call);
  }

  @Endpoint('GET /api/admin/messages/:messageId/deleted', {
    scope: 'admin',
    summary: 'What a message said that was deleted less than 30 days ago; its room is told who read it and why; admins only',
    reply: DeletedMessage,
    codes: messages.adminDeletedMessage.codes,
  })
  deleted(
    @MessageId() messageId: string,
    @Query({ schema: DeletedQuery }) { reason }: z.output<typeof DeletedQuery>,
    @Caller() call: CallOptions,
  ) {
    return this.rpc.call(messages.adminDeletedMessage, { messageId, reason }, call);
  }

  private async named(
    items: OutputOf<typeof messages.adminMessages>['items'],
    call: CallOptions,
  ): Promise<z.output<typeof NamedMessage>[]> {
    if (items.length === 0) return [];
    const roomIds = [...new Set(items.map(({ roomId }) => roomId))];
    const userIds = [...new Set(items.map(({ authorId }) => authorId))];
    const [people, places] = await Promise.all([
      this.rpc.call(accounts.getUsers, { userIds }, call),
      this.rpc.call(rooms.adminRooms, { roomIds, limit: roomIds.length }, call),
    ]);
    const usernames = new Map(people.items.map(({ id, username }) => [id, username]));
    const names = new Map(places.items.map(({ id, name }) => [id, name]));
    return items.map((item) => ({
      ...item,
      roomName: names.get(item.roomId) ?? null,
      authorUsername: usernames.get(item.authorId) ?? null,
    }));
  }
}
