import { HandleRpc, requireAdmin } from '@atrium/bus';
import { messages, type Call, type OutputOf, type ParsedInputOf } from '@atrium/contracts';
import { RoomPurges, uuidArray } from '@atrium/database';
import { EntityManager } from '@mikro-orm/postgresql';
import { Controller } from '@nestjs/common';

/** Tells admins how many messages are left of rooms that are purged. */
@Controller()
export class PurgesRpc {
  constructor(
    private readonly em: EntityManager,
    private readonly purges: RoomPurges,
  ) {}

  @HandleRpc(messages.adminPurgesLeft)
  async adminPurgesLeft(
    { roomIds }: ParsedInputOf<typeof messages.adminPurgesLeft>,
    call: Call,
  ): Promise<OutputOf<typeof messages.adminPurgesLeft>> {
    requireAdmin(call);
    const em = this.em.fork();
    const done = await this.purges.findDone(em, roomIds);
    const counts = await em.execute<{ room_id: string; left: number }[]>(
      `select room_id, count(*)::int "left" from messages where room_id = any(?::uuid[]) group by room_id`,
      [uuidArray(roomIds)],
    );
    const left = new Map(counts.map((row) => [row.room_id, row.left]));
    return { items: roomIds.map((roomId) => ({ roomId, done: done.has(roomId), left: left.get(roomId) ?? 0 })) };
  }
}
