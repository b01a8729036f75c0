import { OnLiveEvent, RpcClient } from '@atrium/bus';
import { messageSignals, messages, type PayloadOf } from '@atrium/contracts';
import { Controller, Logger } from '@nestjs/common';
import { Connections } from '../sockets/connections.ts';
import { frameOf } from '../sockets/frame.ts';

/** Who follows a thread that was answered learns how they stand with its room, as when a marker moves. */
@Controller()
export class ThreadsFanout {
  private readonly logger = new Logger('threads-fanout');

  constructor(
    private readonly connections: Connections,
    private readonly rpc: RpcClient,
  ) {}

  @OnLiveEvent(messageSignals.threadReplied)
  async threadReplied({ roomId, userIds }: PayloadOf<typeof messageSignals.threadReplied>): Promise<void> {
    await Promise.all(userIds.map((userId) => this.tell(userId, roomId)));
  }

  private async tell(userId: string, roomId: string): Promise<void> {
    const own = [...this.connections.of(userId)];
    if (own.length === 0) return;
    try {
      const { items } = await this.rpc.call(messages.activity, { roomIds: [roomId] }, own[0]!.call());
      const [{ me, lastSeq } = { me: null, lastSeq: 0 }] = items;
      if (!me) return;
      const { readSeq, unread, mentions, threadUnread } = me;
      const frame = frameOf('read', { roomId, readSeq, unread, mentions, threadUnread, lastSeq });
      for (const connection of own) connection.push(frame);
    } catch (error) {
      this.logger.warn(`${roomId} is told with what happens there next: ${(error as Error).message}`);
    }
  }
}
