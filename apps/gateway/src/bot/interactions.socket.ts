import { RpcClient } from '@atrium/bus';
import { bot, type CommandReply } from '@atrium/contracts';
import type { Connection } from '../sockets/connection.ts';
import { OnFrame, SocketGateway, type FrameInput } from '../sockets/on-frame.ts';

@SocketGateway()
export class InteractionsSocket {
  constructor(private readonly rpc: RpcClient) {}

  @OnFrame('interaction.answer')
  answer(connection: Connection, { interactionId, ...answer }: FrameInput<'interaction.answer'>): Promise<CommandReply> {
    return this.rpc.call(bot.answerInteraction, { interactionId, answer }, connection.call());
  }
}
