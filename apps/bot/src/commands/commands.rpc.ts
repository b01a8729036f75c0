import { HandleRpc, requireActor } from '@atrium/bus';
import { bot, type Call, type ParsedInputOf, type RpcHandlers } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { CommandsAccess } from './commands.access.ts';
import { CommandRegistry } from './command-registry.ts';

@Controller()
export class CommandsRpc implements RpcHandlers<typeof bot> {
  constructor(
    private readonly access: CommandsAccess,
    private readonly registry: CommandRegistry,
  ) {}

  @HandleRpc(bot.commands)
  async commands({ roomId }: ParsedInputOf<typeof bot.commands>, call: Call) {
    const member = await this.access.requireMember(requireActor(call), roomId, call);
    return { items: this.registry.describe(member.role) };
  }
}
