import { HandleRpc, requireActor } from '@atrium/bus';
import { bot, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { CommandsAccess } from './commands.access.ts';
import { CommandCheckService } from './command-check.service.ts';
import { CommandRegistry } from './command-registry.ts';

@Controller()
export class CommandsRpc {
  constructor(
    private readonly access: CommandsAccess,
    private readonly registry: CommandRegistry,
    private readonly checks: CommandCheckService,
  ) {}

  @HandleRpc(bot.commands)
  async commands({ roomId }: ParsedInputOf<typeof bot.commands>, call: Call) {
    const { member } = await this.access.requireMember(requireActor(call), roomId, call);
    return { items: await this.registry.describe(roomId, member.role) };
  }

  @HandleRpc(bot.checkCommand)
  checkCommand(input: ParsedInputOf<typeof bot.checkCommand>, call: Call) {
    return this.checks.check(requireActor(call), input, call);
  }
}
