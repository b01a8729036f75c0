import { HandleRpc, requireAdmin } from '@atrium/bus';
import { messages, type Call, type OutputOf, type ParsedInputOf } from '@atrium/contracts';
import { RoomPurger } from '@atrium/database';
import { Controller } from '@nestjs/common';

/** Tells admins how many messages are left of rooms that are purged. */
@Controller()
export class PurgesRpc {
  constructor(private readonly purger: RoomPurger) {}

  @HandleRpc(messages.adminPurgesLeft)
  async adminPurgesLeft(
    { roomIds }: ParsedInputOf<typeof messages.adminPurgesLeft>,
    call: Call,
  ): Promise<OutputOf<typeof messages.adminPurgesLeft>> {
    requireAdmin(call);
    return { items: await this.purger.whatIsLeft(roomIds) };
  }
}
