import { HandleRpc, requireAdmin } from '@atrium/bus';
import { rooms, type Call, type ParsedInputOf, type RpcHandlers, type roomsAdminRpcs } from '@atrium/contracts';
import { AuditLog } from '@atrium/database';
import { Controller } from '@nestjs/common';
import { PurgesService } from '../purges/purges.service.ts';
import { AdminStats } from './admin-stats.service.ts';
import { AdminService } from './admin.service.ts';

type In<K extends keyof typeof roomsAdminRpcs> = ParsedInputOf<(typeof rooms)[K]>;

/** What admins ask; whoever is not one learns that there is nothing. */
@Controller()
export class AdminRpc implements Pick<RpcHandlers<typeof rooms>, keyof typeof roomsAdminRpcs> {
  constructor(
    private readonly admin: AdminService,
    private readonly stats: AdminStats,
    private readonly audit: AuditLog,
    private readonly purges: PurgesService,
  ) {}

  @HandleRpc(rooms.adminRooms)
  async adminRooms(input: In<'adminRooms'>, call: Call) {
    requireAdmin(call);
    return this.admin.rooms(input);
  }

  @HandleRpc(rooms.adminRoom)
  async adminRoom({ roomId }: In<'adminRoom'>, call: Call) {
    requireAdmin(call);
    return this.admin.room(roomId);
  }

  @HandleRpc(rooms.adminUpdateRoom)
  async adminUpdateRoom(input: In<'adminUpdateRoom'>, call: Call) {
    return this.admin.update(requireAdmin(call), input, call);
  }

  @HandleRpc(rooms.adminPurgeRoom)
  async adminPurgeRoom(input: In<'adminPurgeRoom'>, call: Call) {
    return this.purges.purge(requireAdmin(call), input);
  }

  @HandleRpc(rooms.adminMembers)
  async adminMembers(input: In<'adminMembers'>, call: Call) {
    requireAdmin(call);
    return this.admin.members(input);
  }

  @HandleRpc(rooms.adminAudit)
  async adminAudit(input: In<'adminAudit'>, call: Call) {
    requireAdmin(call);
    return this.audit.page('rooms', input);
  }

  @HandleRpc(rooms.adminStats)
  async adminStats(input: In<'adminStats'>, call: Call) {
    requireAdmin(call);
    return this.stats.series(input);
  }
}
