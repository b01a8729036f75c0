import { HandleRpc, requireActor, requireAdmin } from '@atrium/bus';
import { bot, type Call, type ParsedInputOf } from '@atrium/contracts';
import { AuditLog } from '@atrium/database';
import { Controller } from '@nestjs/common';
import { CommandsAccess } from '../commands/commands.access.ts';

/** Who changed what about the bot and the webhooks of a room. */
@Controller()
export class AuditRpc {
  constructor(
    private readonly access: CommandsAccess,
    private readonly audit: AuditLog,
  ) {}

  @HandleRpc(bot.adminAudit)
  async adminAudit(input: ParsedInputOf<typeof bot.adminAudit>, call: Call) {
    requireAdmin(call);
    return this.audit.page('bot', input);
  }

  @HandleRpc(bot.roomAudit)
  async roomAudit(input: ParsedInputOf<typeof bot.roomAudit>, call: Call) {
    await this.access.requireModerator(requireActor(call), input.roomId, call);
    return this.audit.roomPage('bot', input);
  }
}
