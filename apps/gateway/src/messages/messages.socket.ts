import { RpcClient } from '@atrium/bus';
import { messages, type OutputOf } from '@atrium/contracts';
import { SendLimits } from '../limits/send-limits.ts';
import { Typists } from '../rooms/typists.ts';
import type { Connection } from '../sockets/connection.ts';
import { OnFrame, SocketGateway, type FrameInput } from '../sockets/on-frame.ts';

@SocketGateway()
export class MessagesSocket {
  constructor(
    private readonly rpc: RpcClient,
    private readonly limits: SendLimits,
    private readonly typists: Typists,
  ) {}

  /** The hot path: calls of one turn share a bus message, and the receipt is the acknowledgement. */
  @OnFrame('message.send')
  async send(connection: Connection, input: FrameInput<'message.send'>): Promise<OutputOf<typeof messages.send>> {
    const { userId, bot: byBot } = connection.identity!;
    if (!this.limits.lifted) await this.limits.count(userId, input.roomId);
    if (byBot) await this.limits.countBot(input.roomId);
    const call = connection.call();
    const receipt = await this.rpc.call(messages.send, byBot ? { ...input, byBot } : input, call);
    this.typists.messageSent(call, input.roomId);
    return receipt;
  }

  @OnFrame('read')
  async markRead(connection: Connection, input: FrameInput<'read'>): Promise<void> {
    // Whether the room is before them, and since when, tells what was new to them when they came.
    const isLooking = connection.focus === input.roomId;
    const visitingSince = isLooking ? new Date(connection.focusedAt).toISOString() : undefined;
    await this.rpc.call(messages.markRead, { ...input, visitingSince }, connection.call());
  }
}
