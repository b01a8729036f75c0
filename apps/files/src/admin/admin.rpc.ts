import { HandleRpc, requireActor, requireAdmin } from '@atrium/bus';
import { files, type Call, type ParsedInputOf, type RpcHandlers, type filesAdminRpcs } from '@atrium/contracts';
import { AuditLog } from '@atrium/database';
import { Controller } from '@nestjs/common';
import { FilesAccess } from '../access/files.access.ts';
import { AdminJobs } from './admin-jobs.service.ts';
import { AdminStats } from './admin-stats.service.ts';
import { AdminService } from './admin.service.ts';

type In<K extends keyof typeof filesAdminRpcs> = ParsedInputOf<(typeof files)[K]>;

/** What admins ask, of whom everybody else learns nothing; and what moderators read of the same log. */
@Controller()
export class AdminRpc implements Pick<RpcHandlers<typeof files>, keyof typeof filesAdminRpcs> {
  constructor(
    private readonly admin: AdminService,
    private readonly jobs: AdminJobs,
    private readonly stats: AdminStats,
    private readonly audit: AuditLog,
    private readonly access: FilesAccess,
  ) {}

  @HandleRpc(files.adminFiles)
  async adminFiles(input: In<'adminFiles'>, call: Call) {
    requireAdmin(call);
    return this.admin.list(input);
  }

  @HandleRpc(files.adminRetryFile)
  async adminRetryFile(input: In<'adminRetryFile'>, call: Call) {
    return this.admin.retry(requireAdmin(call), input);
  }

  @HandleRpc(files.adminRemoveFile)
  async adminRemoveFile(input: In<'adminRemoveFile'>, call: Call) {
    return this.admin.remove(requireAdmin(call), input);
  }

  @HandleRpc(files.adminJobs)
  async adminJobs(input: In<'adminJobs'>, call: Call) {
    requireAdmin(call);
    return this.jobs.list(input);
  }

  @HandleRpc(files.adminRetryJob)
  async adminRetryJob(input: In<'adminRetryJob'>, call: Call) {
    await this.jobs.retry(requireAdmin(call), input);
    return {};
  }

  @HandleRpc(files.adminAudit)
  async adminAudit(input: In<'adminAudit'>, call: Call) {
    requireAdmin(call);
    return this.audit.page('files', input);
  }

  @HandleRpc(files.roomAudit)
  async roomAudit(input: In<'roomAudit'>, call: Call) {
    await this.access.requireModerator(requireActor(call), input.roomId, call);
    return this.audit.roomPage('files', input);
  }

  @HandleRpc(files.adminStats)
  async adminStats(input: In<'adminStats'>, call: Call) {
    requireAdmin(call);
    return this.stats.series(input);
  }
}
