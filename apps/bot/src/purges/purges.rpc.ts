import { HandleRpc, requireAdmin } from '@atrium/bus';
import { bot, type Call, type OutputOf, type ParsedInputOf } from '@atrium/contracts';
import { RoomPurges } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Controller } from '@nestjs/common';

/** Tells admins of which rooms that are purged the bot keeps nothing more. */
@Controller()
export class PurgesRpc {
  constructor(
    private readonly em: EntityManager,
    private readonly purges: RoomPurges,
  ) {}

  @HandleRpc(bot.adminPurgesLeft)
  async adminPurgesLeft({ roomIds }: ParsedInputOf<typeof bot.adminPurgesLeft>, call: Call): Promise<OutputOf<typeof bot.adminPurgesLeft>> {
    requireAdmin(call);
    const done = await this.purges.findDone(this.em.fork(), roomIds);
    return { items: roomIds.map((roomId) => ({ roomId, done: done.has(roomId), left: null })) };
  }
}
