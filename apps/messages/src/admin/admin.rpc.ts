import { HandleRpc, requireActor, requireAdmin } from '@atrium/bus';
import { messages, type Call, type ParsedInputOf, type RpcHandlers, type messagesAdminRpcs } from '@atrium/contracts';
import { AuditLog } from '@atrium/database';
import { Controller } from '@nestjs/common';
import { AccessService } from '../access/access.service.ts';
import { AdminMessages } from './admin-messages.service.ts';
import { AdminStats } from './admin-stats.service.ts';

type In<K extends keyof typeof messagesAdminRpcs> = ParsedInputOf<(typeof messages)[K]>;

/** What admins ask, of whom everybody else learns nothing; and what moderators read of the same log. */
@Controller()
export class AdminRpc implements Pick<RpcHandlers<typeof messages>, keyof typeof messagesAdminRpcs> {
  constructor(
    private readonly admin: AdminMessages,
    private readonly stats: AdminStats,
    private readonly audit: AuditLog,
    private readonly access: AccessService,
  ) {}

  @HandleRpc(messages.adminMessages)
  async adminMessages(input: In<'adminMessages'>, call: Call) {
    return this.admin.list(requireAdmin(call), input);
  }

  @HandleRpc(messages.adminRemoveMessage)
  async adminRemoveMessage(input: In<'adminRemoveMessage'>, call: Call) {
    return this.admin.remove(requireAdmin(call), input);
  }

  @HandleRpc(messages.adminDeletedMessage)
  async adminDeletedMessage(input: In<'adminDeletedMessage'>, call: Call) {
    return this.admin.readDeleted(requireAdmin(call), input);
  }

  @HandleRpc(messages.adminAudit)
  async adminAudit(input: In<'adminAudit'>, call: Call) {
    requireAdmin(call);
    return this.audit.page('messages', input);
  }

  @HandleRpc(messages.adminStats)
  async adminStats(input: In<'adminStats'>, call: Call) {
    requireAdmin(call);
    return this.stats.series(input);
  }

  @HandleRpc(messages.roomAudit)
  async roomAudit(input: In<'roomAudit'>, call: Call) {
    await this.access.requireModerator(input.roomId, requireActor(call));
    return this.audit.roomPage('messages', input);
  }
}
