import { HandleRpc, requireActor } from '@atrium/bus';
import { bot, type Call, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { CommandsAccess } from './commands.access.ts';
import { CommandCheckService } from './command-check.service.ts';
import { CommandRegistry } from './command-registry.ts';
import { Languages } from '../words/languages.ts';

@Controller()
export class CommandsRpc {
  constructor(
    private readonly access: CommandsAccess,
    private readonly registry: CommandRegistry,
    private readonly checks: CommandCheckService,
    private readonly languages: Languages,
  ) {}

  @HandleRpc(bot.commands)
  async commands({ roomId }: ParsedInputOf<typeof bot.commands>, call: Call) {
    const userId = requireActor(call);
    const { member } = await this.access.requireMember(userId, roomId, call);
    return { items: await this.languages.speakTo(userId, call, () => this.registry.describe(roomId, member.role)) };
  }

  @HandleRpc(bot.checkCommand)
  checkCommand(input: ParsedInputOf<typeof bot.checkCommand>, call: Call) {
    const userId = requireActor(call);
    return this.languages.speakTo(userId, call, () => this.checks.check(userId, input, call));
  }
}
