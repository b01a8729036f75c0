import { RpcClient } from '@atrium/bus';
import { bot, type CommandReply } from '@atrium/contracts';
import { SendLimits } from '../limits/send-limits.ts';
import type { Connection } from '../sockets/connection.ts';
import { OnFrame, SocketGateway, type FrameInput } from '../sockets/on-frame.ts';
import { requireCommandScope } from './command-scopes.ts';

@SocketGateway()
export class CommandsSocket {
  constructor(
    private readonly rpc: RpcClient,
    private readonly limits: SendLimits,
  ) {}

  @OnFrame('command.run')
  async run(connection: Connection, input: FrameInput<'command.run'>): Promise<CommandReply> {
    requireCommandScope(connection.identity!.scopes, input.text);
    await this.limits.count(connection.identity!.userId, input.roomId);
    return this.rpc.call(bot.run, input, connection.call());
  }
}
