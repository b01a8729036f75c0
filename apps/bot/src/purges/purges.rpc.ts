import { HandleRpc, requireAdmin } from '@atrium/bus';
import { bot, type Call, type OutputOf, type ParsedInputOf } from '@atrium/contracts';
import { RoomPurger } from '@atrium/database';
import { Controller } from '@nestjs/common';

/** Tells admins of which rooms that are purged the bot keeps nothing more. */
@Controller()
export class PurgesRpc {
  constructor(private readonly purger: RoomPurger) {}

  @HandleRpc(bot.adminPurgesLeft)
  async adminPurgesLeft({ roomIds }: ParsedInputOf<typeof bot.adminPurgesLeft>, call: Call): Promise<OutputOf<typeof bot.adminPurgesLeft>> {
    requireAdmin(call);
    return { items: await this.purger.whatIsLeft(roomIds) };
  }
}
