import { RpcClient, type CallOptions } from '@atrium/bus';
import { bot } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { Caller } from '../http/caller.ts';
import { Endpoint } from '../http/endpoint.ts';
import { ReminderId, RoomId } from '../http/ids.ts';

@Controller()
export class RemindersHttp {
  constructor(private readonly rpc: RpcClient) {}

  @Endpoint('GET /api/rooms/:roomId/reminders', {
    scope: 'messages:read',
    summary: 'The caller’s reminders in a room: what is to come, and what was told and not put away',
    reply: bot.reminders.output,
    codes: bot.reminders.codes,
  })
  list(@RoomId() roomId: string, @Caller() call: CallOptions) {
    return this.rpc.call(bot.reminders, { roomId }, call);
  }

  @Endpoint('DELETE /api/rooms/:roomId/reminders/:reminderId', {
    scope: 'messages:write',
    summary: 'Cancel a reminder, or put away one that was told',
    codes: bot.cancelReminder.codes,
  })
  async cancel(@RoomId() roomId: string, @ReminderId() reminderId: string, @Caller() call: CallOptions): Promise<void> {
    await this.rpc.call(bot.cancelReminder, { roomId, reminderId }, call);
  }
}
