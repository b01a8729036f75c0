import { HandleRpc, requireAdmin } from '@atrium/bus';
import { files, type Call, type OutputOf, type ParsedInputOf } from '@atrium/contracts';
import { RoomPurger } from '@atrium/database';
import { Controller } from '@nestjs/common';

/** Tells admins how many files are left of rooms that are purged. */
@Controller()
export class PurgesRpc {
  constructor(private readonly purger: RoomPurger) {}

  @HandleRpc(files.adminPurgesLeft)
  async adminPurgesLeft(
    { roomIds }: ParsedInputOf<typeof files.adminPurgesLeft>,
    call: Call,
  ): Promise<OutputOf<typeof files.adminPurgesLeft>> {
    requireAdmin(call);
    return { items: await this.purger.whatIsLeft(roomIds) };
  }
}
