import { HandleRpc, requireAdmin } from '@atrium/bus';
import { rooms, type Call, type OutputOf, type ParsedInputOf } from '@atrium/contracts';
import { Controller } from '@nestjs/common';
import { PurgesService } from './purges.service.ts';

/** Tells admins which rooms are purged, and how many people are left in them. */
@Controller()
export class PurgesRpc {
  constructor(private readonly purges: PurgesService) {}

  @HandleRpc(rooms.adminPurges)
  async adminPurges(input: ParsedInputOf<typeof rooms.adminPurges>, call: Call): Promise<OutputOf<typeof rooms.adminPurges>> {
    requireAdmin(call);
    return { items: await this.purges.list(input) };
  }
}
