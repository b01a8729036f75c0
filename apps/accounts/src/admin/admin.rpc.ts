import { HandleRpc, requireAdmin } from '@atrium/bus';
import { accounts, type Call, type ParsedInputOf, type RpcHandlers, type accountsAdminRpcs } from '@atrium/contracts';
import { AuditLog } from '@atrium/database';
import { Controller } from '@nestjs/common';
import { AdminStats } from './admin-stats.service.ts';
import { AdminService } from './admin.service.ts';

type In<K extends keyof typeof accountsAdminRpcs> = ParsedInputOf<(typeof accounts)[K]>;

/** What admins ask; whoever is not one learns that there is nothing. */
@Controller()
export class AdminRpc implements Pick<RpcHandlers<typeof accounts>, keyof typeof accountsAdminRpcs> {
  constructor(
    private readonly admin: AdminService,
    private readonly stats: AdminStats,
    private readonly audit: AuditLog,
  ) {}

  @HandleRpc(accounts.adminUsers)
  async adminUsers(input: In<'adminUsers'>, call: Call) {
    requireAdmin(call);
    return this.admin.users(input);
  }

  @HandleRpc(accounts.adminUser)
  async adminUser({ userId }: In<'adminUser'>, call: Call) {
    requireAdmin(call);
    return this.admin.user(userId);
  }

  @HandleRpc(accounts.adminUpdateUser)
  async adminUpdateUser(input: In<'adminUpdateUser'>, call: Call) {
    return this.admin.update(requireAdmin(call), input);
  }

  @HandleRpc(accounts.adminGrantCredits)
  async adminGrantCredits(input: In<'adminGrantCredits'>, call: Call) {
    return this.admin.grant(requireAdmin(call), input);
  }

  @HandleRpc(accounts.adminSignOut)
  async adminSignOut(input: In<'adminSignOut'>, call: Call) {
    await this.admin.signOut(requireAdmin(call), input);
    return {};
  }

  @HandleRpc(accounts.adminCredits)
  async adminCredits(input: In<'adminCredits'>, call: Call) {
    requireAdmin(call);
    return this.admin.ledger(input);
  }

  @HandleRpc(accounts.adminAudit)
  async adminAudit(input: In<'adminAudit'>, call: Call) {
    requireAdmin(call);
    return this.audit.page('accounts', input);
  }

  @HandleRpc(accounts.adminStats)
  async adminStats(input: In<'adminStats'>, call: Call) {
    requireAdmin(call);
    return this.stats.series(input);
  }
}
